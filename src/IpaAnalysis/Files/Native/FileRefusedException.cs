using System.Globalization;

namespace IpaAnalysis.Files.Native;

/// <summary>A file is not read because of what it is: no regular file, or larger than such a file may be.</summary>
internal sealed class FileRefusedException : IOException
{
    private FileRefusedException(string path, FileKind kind, string cause)
        : base($"'{path}' is not read: {cause}.") => (Kind, Cause) = (kind, cause);

    /// <summary>What it is.</summary>
    public FileKind Kind { get; }

    /// <summary>Why it is not read, such as <c>it is a FIFO</c>.</summary>
    public string Cause { get; }

    /// <summary>For what is no regular file.</summary>
    internal static FileRefusedException ForKind(string path, FileKind kind) => new(path, kind, FileProblem.Describe(kind));

    /// <summary>For a file that is too large.</summary>
    internal static FileRefusedException ForSize(string path, long bound) => new(
        path, FileKind.Regular, string.Create(CultureInfo.InvariantCulture, $"it is larger than {bound:N0} bytes"));
}
