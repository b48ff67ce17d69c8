namespace IpaAnalysis.Files.Native;

/// <summary>Says in the words of diagnostics why a file could not be read; an exception's own message holds absolute paths.</summary>
internal static class FileProblem
{
    /// <summary>The cause, such as <c>it does not exist</c>.</summary>
    /// <param name="exception">What opening or reading it threw.</param>
    public static string Describe(Exception exception) => exception switch
    {
        FileRefusedException refused => refused.Cause,
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "permission is missing",
        _ => "the system reports an error",
    };

    /// <summary>The same for what is no regular file.</summary>
    /// <param name="kind">What it is.</param>
    public static string Describe(FileKind kind) => kind switch
    {
        FileKind.Fifo => "it is a FIFO",
        FileKind.CharacterDevice or FileKind.BlockDevice => "it is a device",
        FileKind.Directory => "it is a directory",
        FileKind.Socket => "it is a socket",
        _ => "it is not a regular file",
    };
}
