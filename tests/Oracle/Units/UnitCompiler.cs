using System.Collections.Immutable;
using IpaAnalysis.Oracle.Objects;

namespace IpaAnalysis.Oracle.Units;

/// <summary>Compiles a unit as its own command does, but from preprocessed text and without debug information.</summary>
internal static class UnitCompiler
{
    /// <summary>What the library asks of a compile.</summary>
    public static readonly ImmutableArray<string> DumpFlags = ["-fdump-ipa-clones", "-fcallgraph-info", "-fdump-ipa-icf-optimized"];

    /// <summary>The unit with everything that is made once; null when its own command does not compile it.</summary>
    public static PreparedUnit? Prepare(SourceUnit unit, string directory)
    {
        Directory.CreateDirectory(directory);
        var text = Path.Combine(directory, "text.i");
        var baseline = Path.Combine(directory, "baseline.o");
        var own = Path.Combine(directory, "unit.o");
        var auxiliary = Path.Combine(directory, "functions");
        string[][] commands =
        [
            [.. unit.Flags, "-E", unit.Source, "-o", text],
            [.. FlagsForText(unit), "-aux-info", auxiliary, "-c", text, "-o", baseline],
            [.. unit.Flags, "-w", .. DumpFlags, "-c", unit.Source, "-o", own],
        ];
        if (commands.Any(c => Shell.TryRun(unit.Directory, unit.Compiler, c).ExitCode != 0))
        {
            return null;
        }

        var code = ObjectCode.Read(baseline);
        var names = code.ByOrigin.Select(o => o.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var dump in Directory.EnumerateFiles(directory, "unit.*.ipa-clones"))
        {
            names.UnionWith(File.ReadLines(dump).Select(l => l.Split(';')).Where(f => f.Length > 1).Select(f => SymbolName.Origin(f[1])));
        }

        // A global function without code of its own here is another unit's: declaring it anew would make it this one's.
        return new PreparedUnit
        {
            Source = unit,
            Directory = directory,
            Text = File.ReadAllBytes(text),
            Baseline = code,
            Functions = [.. AuxInfoReader.Read(File.ReadLines(auxiliary)).Where(f => names.Contains(f.Name) && (f.IsStatic || code.ByOrigin.Contains(f.Name)))],
            ObjectPath = own,
        };
    }

    /// <summary>Compiles a text in place of the unit's own; null when the compiler refuses it.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="text">The preprocessed text.</param>
    /// <param name="name">A name for the files, in use by no other thread.</param>
    /// <param name="flags">Flags behind the unit's own.</param>
    public static ObjectCode? Compile(PreparedUnit unit, ReadOnlySpan<byte> text, string name, IEnumerable<string> flags)
    {
        var input = Path.Combine(unit.Directory, name + ".i");
        var output = Path.Combine(unit.Directory, name + ".o");
        try
        {
            File.WriteAllBytes(input, text);
            string[] arguments = [.. FlagsForText(unit.Source), .. flags, "-c", input, "-o", output];
            return Shell.TryRun(unit.Source.Directory, unit.Source.Compiler, arguments).ExitCode == 0 ? ObjectCode.Read(output) : null;
        }
        finally
        {
            File.Delete(input);
            File.Delete(output);
        }
    }

    private static IEnumerable<string> FlagsForText(SourceUnit unit)
    {
        // What the preprocessor has done already.
        var flags = unit.Flags;
        for (var i = 0; i < flags.Length; i++)
        {
            if (flags[i] is "-include" or "-imacros" or "-I" or "-isystem" or "-iquote" or "-idirafter")
            {
                i++;
            }
            else if (!flags[i].StartsWith("-I", StringComparison.Ordinal))
            {
                yield return flags[i];
            }
        }

        yield return "-w";
        yield return "-g0";
    }
}
