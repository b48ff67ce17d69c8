using System.Runtime.InteropServices;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>One question or file of a snapshot, as it lies in the file: it is used where it lies.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct SnapshotEntry
{
    /// <summary>Number of the directory.</summary>
    public int Directory;

    /// <summary>Where the name starts.</summary>
    public int Name;

    /// <summary>Of a question about two files the other's directory; of a unit's file the unit's number.</summary>
    public int OtherDirectory;

    /// <summary>Of a question about two files the other's name; of a unit's file which of its files it is.</summary>
    public int OtherName;

    /// <summary>Where the answer starts.</summary>
    public int Content;

    /// <summary>Bytes of the answer.</summary>
    public int ContentLength;

    /// <summary>Bytes of the name.</summary>
    public ushort NameLength;

    /// <summary>Bytes of the other name.</summary>
    public ushort OtherNameLength;

    /// <summary>What it is.</summary>
    public QuestionKind Kind;

    /// <summary>1 when an equal identity means an equal answer.</summary>
    public byte IsSettled;

    /// <summary>Always 0, so that the bytes are determined.</summary>
    public ushort Reserved;

    /// <summary>The file when it was looked at.</summary>
    public FileIdentity Identity;
}
