namespace IpaAnalysis.Files;

/// <summary>
/// The one table of how large files from outside may be. What is larger is not read and told: a file without end must take
/// neither the memory nor the day.
/// </summary>
internal static class FileBounds
{
    private const long Mebibyte = 1L << 20;
    private const long Gibibyte = 1L << 30;

    /// <summary>The most bytes that a file may have.</summary>
    /// <param name="role">What it is read as.</param>
    public static long Of(FileRole role) => role switch
    {
        // Dumps of 1 GB were read in 1.3 GB of memory.
        FileRole.CompilerRecord => (3 * Gibibyte) / 2,

        // Of an object only tables are read; a kernel with debug information has about 1 GiB.
        FileRole.Object => 64 * Gibibyte,
        FileRole.KbuildRecord => 256 * Mebibyte,

        // 200,000 objects with commands of 4 KiB are a fifth of it.
        FileRole.CompileCommands => 4 * Gibibyte,
        FileRole.Source => Gibibyte,
        FileRole.BuildText => 64 * Mebibyte,
        FileRole.Baseline => Gibibyte,

        // In memory as one array; the index of 200,000 objects has less than a tenth.
        FileRole.State => Array.MaxLength,
        FileRole.Output => 64 * Gibibyte,
        FileRole.Hashed => 64 * Gibibyte,
        FileRole.KernelText => Mebibyte,
        _ => 0,
    };
}
