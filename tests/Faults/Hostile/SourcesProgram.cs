using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Hostile;

/// <summary>Sources that make the compiler map, read or write what they name, wait, or use all there is.</summary>
internal sealed class SourcesProgram : IFaultProgram
{
    private static readonly string[] s_openings = ["#include", "-include", "-imacros", ".incbin", ".include", "line marker", "__has_include"];
    private static readonly string[] s_opened = ["fifo", "link to /dev/zero", "link to /dev/tty", "link to /dev/null", "directory", "socket"];

    /// <inheritdoc/>
    public string Name => "sources";

    /// <inheritdoc/>
    public string Description => "precompiled headers, special files, bombs in an untrusted tree's sources: nothing is mapped, no wait and no growth without bound";

    // A bomb may use some gigabytes before it is ended.
    /// <inheritdoc/>
    public int Jobs => 1;

    /// <inheritdoc/>
    public IEnumerable<FaultCase> Cases(FaultSettings settings) => Compiler.Installed.SelectMany(CasesOf);

    private static IEnumerable<FaultCase> CasesOf(string compiler)
    {
        foreach (var form in (string[])["pragma in a .c", "pragma in a .i", "pragma in a header", "operator in a .c"])
        {
            foreach (var kind in (string[])["real", "garbage", "fifo", "gone"])
            {
                yield return Case(compiler, $"pch_preprocess: {form}, {kind} file", unit => PrecompiledPragma(unit, form, kind)) with { IsLong = kind == "fifo" };
            }
        }

        foreach (var kind in (string[])["of the same text", "of another text", "garbage", "fifo", "directory of garbage"])
        {
            yield return Case(compiler, $"precompiled header beside the header, {kind}", unit => PrecompiledHeader(unit, kind)) with { IsLong = kind == "fifo" };
        }

        foreach (var opening in s_openings)
        {
            foreach (var kind in s_opened)
            {
                yield return Case(compiler, $"{kind} behind {opening}", unit => Opened(unit, opening, kind)) with { IsLong = kind is "fifo" or "link to /dev/zero" };
            }
        }

        foreach (var (name, text) in Bombs.All)
        {
            yield return Case(compiler, name, unit => Replaced(unit, name, text)) with { IsLong = true };
        }
    }

    private static FaultCase Case(string compiler, string name, Func<HostileUnit, FaultCheck> run) =>
        new($"{compiler} {name}", directory => [run(new HostileUnit(directory, compiler)) with { Name = $"{compiler}: {name}" }]);

    private static FaultCheck PrecompiledPragma(HostileUnit unit, string form, string kind)
    {
        var tree = unit.Site.Tree;
        unit.Site.Write("h.h", "extern int from_header;\n");
        Precompile(unit, "h.h", kind == "gone" ? "real" : kind);
        var isPreprocessed = form.EndsWith(".i", StringComparison.Ordinal);
        var source = isPreprocessed ? "unit.i" : "unit.c";
        const string Pragma = "#pragma GCC pch_preprocess \"h.h.gch\"\n";
        unit.Site.Write("p.h", "\n");
        unit.Site.Write(source, (form == "pragma in a header" ? "#include \"p.h\"\n" : "\n") + HostileUnit.Functions);
        unit.Compile(source);

        // The compiler refuses the pragma in a source, but not in what it made of a source itself.
        switch (form)
        {
            case "pragma in a header":
                unit.Site.Write("p.h", Pragma);
                break;
            case "operator in a .c":
                unit.Site.Write(source, "_Pragma(\"GCC pch_preprocess \\\"h.h.gch\\\"\")\n" + HostileUnit.Functions);
                break;
            default:
                unit.Site.Write(source, Pragma + HostileUnit.Functions);
                break;
        }

        if (kind == "gone")
        {
            File.Delete(Path.Combine(tree, "h.h.gch"));
        }

        return unit.Check("", ProcessLimits.Bounded, exact: false);
    }

    private static FaultCheck PrecompiledHeader(HostileUnit unit, string kind)
    {
        unit.Site.Write("h.h", HostileUnit.Functions);
        unit.Site.Write("unit.c", "#include \"h.h\"\nint other(int x) { return x; }\n");
        unit.Compile("unit.c");
        var path = Path.Combine(unit.Site.Tree, "h.h.gch");
        switch (kind)
        {
            case "of the same text":
                Precompile(unit, "h.h", "real");
                break;
            case "of another text":
                unit.Site.Write("h.h", HostileUnit.Functions.Replace("* 3", "* 5", StringComparison.Ordinal));
                Precompile(unit, "h.h", "real");
                unit.Site.Write("h.h", HostileUnit.Functions);
                break;
            case "directory of garbage":
                Directory.CreateDirectory(path);
                File.WriteAllText(Path.Combine(path, "one"), "gpch.garbage");
                break;
            default:
                Precompile(unit, "h.h", kind);
                break;
        }

        // The text is what it was, and only a text is asked about.
        return unit.Check("", ProcessLimits.Bounded, exact: true);
    }

    private static void Precompile(HostileUnit unit, string header, string kind)
    {
        var path = Path.Combine(unit.Site.Tree, header + ".gch");
        if (kind == "real")
        {
            Compiler.MustRun(unit.CompilerName, ["-O2", "-x", "c-header", header, "-o", header + ".gch"], unit.Site.Tree);
        }
        else if (kind == "fifo")
        {
            SpecialFile.Put("fifo", path);
        }
        else
        {
            File.WriteAllBytes(path, [.. "gpch.014"u8, .. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 37))]);
        }
    }

    private static FaultCheck Opened(HostileUnit unit, string opening, string kind)
    {
        unit.Site.Write("opened", opening is ".incbin" or ".include" ? "\n" : "/* nothing */\n");
        var before = opening switch
        {
            "#include" => "#include \"opened\"\n",
            "__has_include" => "#if __has_include(\"opened\")\nextern int has;\n#endif\n",
            ".incbin" => "__asm__(\".pushsection .rodata\\n.incbin \\\"opened\\\"\\n.popsection\");\n",
            ".include" => "__asm__(\".include \\\"opened\\\"\");\n",
            "line marker" => "# 1 \"opened\" 1 3\nextern int marked;\n# 2 \"unit.c\" 2\n",
            _ => "",
        };
        unit.Site.Write("unit.c", before + HostileUnit.Functions);
        unit.Compile("unit.c", opening is "-include" or "-imacros" ? [opening, "opened"] : null);
        SpecialFile.Put(kind, Path.Combine(unit.Site.Tree, "opened"));

        // Nothing opens what a line marker names, and whether a file is there is no question of its kind.
        bool? exact = opening is "line marker" ? true : opening is "__has_include" || kind == "link to /dev/null" ? null : false;
        return unit.Check("", opening == "#include" && kind == "fifo" ? ProcessLimits.Patient : ProcessLimits.Bounded, exact);
    }

    private static FaultCheck Replaced(HostileUnit unit, string name, string text)
    {
        unit.Site.Write("bomb.h", "\n");
        unit.Site.Write("unit.c", "#include \"bomb.h\"\n" + HostileUnit.Functions);
        unit.Compile("unit.c");
        unit.Site.Write("bomb.h", text);
        var limits = name == "macro bomb in a condition" && unit.CompilerName == "gcc" ? ProcessLimits.Patient : ProcessLimits.Bounded;

        // Common data takes no room in an object, and no function's code is another for it.
        return unit.Check(name, limits, exact: name == "1 TB of common data" ? null : false);
    }
}
