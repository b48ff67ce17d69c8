using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Oracle.Units;

/// <summary>The units of a kernel's O= tree, from what kbuild wrote beside the objects.</summary>
internal static class KernelTree
{
    public static IEnumerable<SourceUnit> Units(string tree) =>
        Directory.EnumerateFiles(tree, ".*.o.cmd", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(file => !IsForTheHost(Path.GetRelativePath(tree, file)))
            .Order(StringComparer.Ordinal)
            .Select(Unit)
            .OfType<SourceUnit>();

    private static bool IsForTheHost(string file) =>
        file.StartsWith("scripts/", StringComparison.Ordinal)
        || file.StartsWith("tools/", StringComparison.Ordinal)
        || file.StartsWith("usr/", StringComparison.Ordinal)
        || file.StartsWith("arch/x86/tools/", StringComparison.Ordinal)
        || file.EndsWith(".mod.o.cmd", StringComparison.Ordinal);

    private static SourceUnit? Unit(string file)
    {
        var command = KbuildCommandReader.Read(file, new DiagnosticBag());
        if (command is not { Source: { } source, WorkingDirectory: { } directory, HasResponseFile: false, IsLto: false }
            || !source.EndsWith(".c", StringComparison.Ordinal)
            || !command.Words.Contains("-D__KERNEL__"))
        {
            return null;
        }

        return new SourceUnit("linux", command.Target, directory, command.Compiler, [.. Flags(command, source)], source);
    }

    private static IEnumerable<string> Flags(KbuildCommand command, string source)
    {
        for (var i = 1; i < command.Words.Length; i++)
        {
            var word = command.Words[i];
            if (word == "-o")
            {
                i++;
            }
            else if (word != source && word != "-c" && !word.StartsWith("-Wp,-M", StringComparison.Ordinal) && !word.StartsWith("-fdump", StringComparison.Ordinal))
            {
                yield return word;
            }
        }
    }
}
