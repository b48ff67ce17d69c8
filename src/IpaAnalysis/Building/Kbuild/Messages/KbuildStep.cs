namespace IpaAnalysis.Building.Kbuild.Messages;

/// <summary>A line by which kbuild says what it does.</summary>
internal static class KbuildStep
{
    /// <summary>Whether a line is the command, quiet or whole (<c>V=1</c>), that compiles C for the target.</summary>
    public static bool IsCompile(string line) =>
        line.StartsWith("  CC ", StringComparison.Ordinal)
        || (line.Contains(" -fdump-ipa-clones ", StringComparison.Ordinal) && line.Contains(" -c -o ", StringComparison.Ordinal));
}
