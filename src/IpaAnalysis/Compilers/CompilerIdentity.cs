namespace IpaAnalysis.Compilers;

/// <summary>Which compiler it is.</summary>
/// <param name="Path">Absolute path as found, symbolic links unresolved: wrappers look at the name they are called by.</param>
/// <param name="Version">GCC's full version, such as <c>12.2.0</c>.</param>
/// <param name="Major">The first number of the version.</param>
/// <param name="Target">The machine it compiles for, such as <c>x86_64-linux-gnu</c>.</param>
/// <param name="Banner">The first line of <c>--version</c>.</param>
/// <param name="Length">Size of the program in bytes, links followed.</param>
/// <param name="Modified">Time of the program's last modification since 1970 UTC in nanoseconds.</param>
internal sealed record CompilerIdentity(
    string Path,
    string Version,
    int Major,
    string Target,
    string Banner,
    long Length,
    long Modified);
