using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Collection.Units;

/// <summary>An object that may be a unit, while its files are looked for.</summary>
internal sealed class Candidate(DirectoryListing directory, string name)
{
    /// <summary>Where the object is.</summary>
    public DirectoryListing Directory { get; } = directory;

    /// <summary>The object's file name.</summary>
    public string Name { get; } = name;

    /// <summary>The object's path from the tree's directory.</summary>
    public string RelativePath { get; } = directory.RelativePathOf(name);

    /// <summary>Whether the object itself is there.</summary>
    public bool HasObject { get; init; } = true;

    /// <summary>The archive that the object is in, and nowhere else; null for an object of its own.</summary>
    public string? ArchivePath { get; init; }

    /// <summary>Whether another object that claims the same dump has the same functions, and is the unit.</summary>
    public bool IsCopy { get; set; }

    /// <summary>The recorded command; null when none is known.</summary>
    public RecordedCommand? Command { get; set; }

    /// <summary>The file that recorded the command.</summary>
    public string? CommandFile { get; set; }

    /// <summary>Where the command put the object, if something moved it since; else null.</summary>
    public string? CompiledTo { get; set; }

    /// <summary>Where the command ran, as far as the record tells.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>The source's absolute path; null when unknown.</summary>
    public string? SourcePath { get; set; }

    /// <summary>The directory the compiler wrote to.</summary>
    public DirectoryListing OutputDirectory { get; set; } = directory;

    /// <summary>The name the compiler wrote the object to: <c>.tmp_foo.o</c> in old kernels.</summary>
    public string OutputName { get; set; } = name;

    /// <summary>The object's absolute path, whether it exists or not.</summary>
    public string ObjectPath => Directory.PathOf(Name);

    /// <summary>The clone dump.</summary>
    public string? DumpPath { get; set; }

    /// <summary>The part of the dump's name before the pass, with which call graph and folding record share a stem.</summary>
    public string? DumpBase { get; set; }

    /// <summary>The call graph.</summary>
    public string? CallGraphPath { get; set; }

    /// <summary>The folding record.</summary>
    public string? FoldingRecordPath { get; set; }

    /// <summary>Whether another object claims the same dump, so that neither has it.</summary>
    public bool SharesDump { get; set; }

    /// <summary>Whether the command is one that compiles C for the target.</summary>
    public bool IsCCompile => Command?.Kind == CommandKind.CCompile;

    /// <summary>Whether the object holds GCC's intermediate form.</summary>
    public bool IsLto => IsCCompile && Command!.IsLto;
}
