namespace IpaAnalysis.Tests.Collection;

/// <summary>Writes records as kbuild does, for trees made by hand.</summary>
internal static class Records
{
    /// <summary>Records a kernel's C compile with the dump option.</summary>
    public static void Record(this TemporaryTree files, string output, string source, string flags = "-fdump-ipa-clones", string? target = null) =>
        files.RecordCommand(target ?? output, $"gcc -D__KERNEL__ {flags} -c -o {output} {source}");

    /// <summary>Records any command.</summary>
    public static string RecordCommand(this TemporaryTree files, string target, string command) =>
        files.Write(
            Path.Combine(Path.GetDirectoryName(target) ?? "", $".{Path.GetFileName(target)}.cmd"),
            $"cmd_{target} := {command.Replace("$", "$$", StringComparison.Ordinal)}\n\nsource_{target} := x\n");
}
