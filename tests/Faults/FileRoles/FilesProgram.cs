using System.Globalization;
using System.Text.Json;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Faults.Analysing;
using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Harness;
using IpaAnalysis.Faults.Hostile;

namespace IpaAnalysis.Faults.FileRoles;

/// <summary>FIFOs, devices, sockets, directories, unreadable and endless files in the place of every file that is read.</summary>
internal sealed class FilesProgram : IFaultProgram
{
    private const long MostAboveClean = 50L << 20;
    private const string Function = "shared";

    // Written where no function is named.
    private const string Index = "index.state";

    private static readonly string[] s_roles =
        ["dump", "object", "call graph", "folding record", ".cmd", "compile_commands.json", "source", "header"];

    // Those that the analysis of a small tree leaves; what of them is there decides which are tried.
    private static readonly string[] s_states =
        ["units.memory.state", "summaries.state", "options.state", "exact.state", Index, "affected-functions.json", "the store's data"];

    /// <inheritdoc/>
    public string Name => "files";

    /// <inheritdoc/>
    public string Description => "what is no ordinary file in every role: no wait, no memory, and it is told";

    // Peaks of memory are compared.
    /// <inheritdoc/>
    public int Jobs => 1;

    /// <inheritdoc/>
    public IEnumerable<FaultCase> Cases(FaultSettings settings) =>
        from role in (string[])[.. s_roles, .. s_states]
        from kind in SpecialFile.Kinds
        select new FaultCase($"{role}: {kind}", directory => [Try(role, kind, directory)])
        {
            // A compiler reads those.
            IsLong = (role is "source" or "header") && (kind is "fifo" or "link to /dev/zero"),
        };

    private static FaultCheck Try(string role, string kind, string directory)
    {
        // The clean twin is a case's own, so that cases can be run alone.
        var clean = Make(Path.Combine(directory, "clean"), role == ".cmd");
        var first = Analyze(clean, role, kind);
        if (first.Faults(clean).ToList() is { Count: > 0 } faults || !IsGood(role, first.Report!))
        {
            return new FaultCheck($"{role}: {kind}", $"the clean twin is not exact and complete: {string.Join("; ", first.Faults(clean))} {Describe(first.Report)}");
        }

        var site = clean;
        if (s_states.Contains(role))
        {
            if (StateFile(site, role) is not { } state)
            {
                return new FaultCheck($"{role}: {kind}", "the file is not there after a build: the list of state files is out of date");
            }

            SpecialFile.Put(kind, state);
        }
        else
        {
            site = Make(Path.Combine(directory, "tree"), role == ".cmd");
            SpecialFile.Put(kind, PathOf(site, role));
        }

        var run = Analyze(site, role, kind);
        var failures = run.Faults(site).ToList();
        if (run.Report is { Exception: null } report)
        {
            failures.AddRange(s_states.Contains(role) ? IsNotWritten(kind, report) ? [] : SameAnswer(first.Report!, report) : Told(role, kind, first.Report!, report));
            if (report.PeakBytes > first.Report!.PeakBytes + MostAboveClean)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"it used {report.PeakBytes >> 20} MB, the clean twin {first.Report.PeakBytes >> 20} MB"));
            }
        }

        return FaultCheck.Of($"{role}: {kind}", failures);
    }

    /// <summary>A file that is not readable must cost either completeness or exactness, with a code that the clean twin has not.</summary>
    private static IEnumerable<string> Told(string role, string kind, AnalysisReport clean, AnalysisReport report)
    {
        // A directory is no file, whatever its name: the tree is as one without that file.
        if (kind == "directory")
        {
            yield break;
        }

        if (IsGood(role, report))
        {
            yield return "complete and exact";
        }

        if (!report.Codes.Except(clean.Codes).Any())
        {
            yield return $"not told ({string.Join(", ", report.Codes)})";
        }
    }

    private static bool IsGood(string role, AnalysisReport report) => report.Complete && (role == Index || report.Of(Function) is { IsExact: true });

    /// <summary>A directory is not removed to put a file in its place.</summary>
    private static bool IsNotWritten(string kind, AnalysisReport report) => kind == "directory" && report.Codes.Contains(DiagnosticCatalog.OutputNotWritten.Code);

    private static IEnumerable<string> SameAnswer(AnalysisReport clean, AnalysisReport report)
    {
        if (report.Manifest != clean.Manifest)
        {
            yield return $"another answer than without: {Describe(report)}";
        }
    }

    private static string Describe(AnalysisReport? report) => report is null
        ? ""
        : $"complete: {report.Complete}; {string.Join(", ", report.Diagnostics.Select(d => $"{d.Code} {d.Message}"))}; {string.Join(" | ", report.Functions.SelectMany(f => f.Causes))}";

    /// <summary>Only where a compiler reads the file there is something to wait for until a bound ends it.</summary>
    private static AnalysisRun Analyze(Site site, string role, string kind) => AnalysisRun.Of(
        site, role == Index ? [] : [Function], role is "source" or "header" ? ProcessLimits.Bounded : ProcessLimits.Short, isUnprivileged: kind == "mode 000");

    private static Site Make(string directory, bool isKbuild)
    {
        var site = new Site(directory);
        site.Write("shared.h", "static __attribute__((noinline)) int shared(int x) { return x * 3 + 1; }\n");
        site.Write("one.c", "#include \"shared.h\"\nint one(int x, int y) { return shared(x) + y; }\nint twin_a(int x) { return x * 7 - 2; }\nint twin_b(int x) { return x * 7 - 2; }\n");
        site.Write("two.c", "#include \"shared.h\"\nint two(int x, int y) { return shared(x) * y; }\n");
        var entries = new List<Dictionary<string, object>>();
        foreach (var name in (string[])["one", "two"])
        {
            string[] words = [.. Compiler.Flags, "-fdump-ipa-icf-optimized", "-DKBUILD_BASENAME=x", "-c", $"{name}.c", "-o", $"{name}.o"];
            Compiler.MustRun("gcc", words, site.Tree);
            if (isKbuild)
            {
                site.Write($".{name}.o.cmd", $"cmd_{name}.o := gcc {string.Join(' ', words)}\n");
            }
            else
            {
                entries.Add(new() { ["directory"] = site.Tree, ["file"] = $"{name}.c", ["output"] = $"{name}.o", ["arguments"] = (string[])["gcc", .. words] });
            }
        }

        if (!isKbuild)
        {
            site.Write("compile_commands.json", JsonSerializer.Serialize(entries));
        }

        return site;
    }

    private static string PathOf(Site site, string role) => role switch
    {
        "dump" => Directory.GetFiles(site.Tree, "one.c.*.ipa-clones").Single(),
        "object" => Path.Combine(site.Tree, "one.o"),
        "call graph" => Path.Combine(site.Tree, "one.ci"),
        "folding record" => Directory.GetFiles(site.Tree, "one.c.*.icf").Single(),
        ".cmd" => Path.Combine(site.Tree, ".one.o.cmd"),
        "source" => Path.Combine(site.Tree, "one.c"),
        "header" => Path.Combine(site.Tree, "shared.h"),
        _ => Path.Combine(site.Tree, role),
    };

    private static string? StateFile(Site site, string role)
    {
        var known = s_states.Select(s => Path.Combine(site.Intermediate, s)).ToHashSet(StringComparer.Ordinal);
        var path = role == "the store's data"
            ? Directory.GetFiles(site.Intermediate).Order(StringComparer.Ordinal).FirstOrDefault(f => !known.Contains(f) && Path.GetFileName(f).StartsWith("summaries", StringComparison.Ordinal))
            : Path.Combine(site.Intermediate, role);
        return File.Exists(path) ? path : null;
    }
}
