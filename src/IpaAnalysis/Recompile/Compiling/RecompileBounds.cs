using IpaAnalysis.Processes;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>How far one compile of a unit may go, whatever its source says: a macro bomb, a FIFO behind <c>#include</c>, a gigabyte of <c>.fill</c>.</summary>
internal static class RecompileBounds
{
    /// <summary>
    /// For each compile. SQLite's amalgamation of 8 MB, among the largest C units in use, takes 23 s and 1 GB at <c>-O2</c>; its preprocessed
    /// text and its assembly are below 20 MB.
    /// </summary>
    public static RunBounds OfCompile { get; } = new()
    {
        ProcessorTime = TimeSpan.FromMinutes(10),
        MemoryBytes = 8L << 30,
        FileBytes = 512L << 20,
        IdleTime = TimeSpan.FromSeconds(15),
        OutputBytes = 16L << 20,
    };
}
