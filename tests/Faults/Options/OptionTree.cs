using System.Text.Json;
using IpaAnalysis.Faults.Analysing;
using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Options;

/// <summary>A tree with an object for each of some words. Where it does not show which word did something, each half is tried alone.</summary>
internal sealed class OptionTree(string compiler, bool isKbuild, string cache)
{
    // Causes that tell of something else than an option that may not be run, and are right whatever the word.
    private static readonly string[] s_otherCauses =
    [
        "does not compile again", "cannot be preprocessed again", "its code is not that of the object", "-flto", "response file", "recorded profile",
        "does not take the recorded options", "did not make the object", "compiled for link-time", "is not there to compare", "It used", "It waited", "grew over",
        "preprocessed again:", "body hidden:", "assembly cannot be compared", "assembly is not understood",
    ];

    /// <summary>Tries words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="directory">An empty directory.</param>
    public IEnumerable<FaultCheck> Try(IReadOnlyList<OptionWord> words, string directory)
    {
        var site = new Site(directory);
        var units = words.Select((w, i) => new OptionUnit(site, cache, compiler, i, w)).ToList();
        Record(site, units);
        var run = AnalysisRun.Of(site, [.. units.Select(u => u.Function)], ProcessLimits.Quiet);
        var unclear = run.Changed.Any(path => !units.Exists(u => u.Owns(path)) && !IsParent(path)) || run.Broken is not null;
        if (unclear && words.Count > 1)
        {
            var half = words.Count / 2;
            return Try([.. words.Take(half)], Path.Combine(directory, "a")).Concat(Try([.. words.Skip(half)], Path.Combine(directory, "b"))).ToList();
        }

        return units.Select(u => Check(site, run, u, isAlone: words.Count == 1)).ToList();

        // Changed because something in it was.
        bool IsParent(string path) => run.Changed.Any(c => c.StartsWith(path + "/", StringComparison.Ordinal));
    }

    private FaultCheck Check(Site site, AnalysisRun run, OptionUnit unit, bool isAlone)
    {
        var failures = run.Faults(site).Where((_, i) => isAlone).ToList();
        if (!isAlone)
        {
            failures.AddRange((run with { Changed = [.. run.Changed.Where(unit.Owns)] }).Faults(site));
        }

        if (run.Report?.Exception is null && run.Report is { } report)
        {
            failures.AddRange(Answer(report, unit));
        }

        return FaultCheck.Of($"{compiler}{(isKbuild ? " (kbuild)" : "")}: {unit.Word.Text}", failures);
    }

    private static IEnumerable<string> Answer(AnalysisReport report, OptionUnit unit)
    {
        if (report.Of(unit.Function) is not { } function)
        {
            // Some words make the compiler succeed with an object that is empty, or holds what only a linker reads: that is to be told.
            var isTold = report.Diagnostics.Any(d => d.Message.Contains($"'{unit.Function}'", StringComparison.Ordinal));
            var isUnitTold = report.Diagnostics.Any(d => d.Code.StartsWith("IPA2", StringComparison.Ordinal) && d.Message.Contains(unit.Name + ".", StringComparison.Ordinal));
            if (!isTold || (unit.HasFunction && !isUnitTold))
            {
                yield return "there is no answer for its function";
            }
        }
        else if (!function.IsExact)
        {
            foreach (var cause in function.Causes.Where(c => !IsNamed(c, unit)))
            {
                yield return $"not exact, and the cause does not name it: {cause}";
            }

            // A tree without commands is nothing to warn of.
            if (!function.Causes.All(c => c.Contains("command that compiled it is not known", StringComparison.Ordinal))
                && !report.Diagnostics.Any(d => d.Code == "IPA6001" && d.Message.StartsWith(unit.Function + " ", StringComparison.Ordinal)))
            {
                yield return "not exact, without IPA6001";
            }
        }
    }

    private static bool IsNamed(string cause, OptionUnit unit) =>
        Array.Exists(s_otherCauses, c => cause.Contains(c, StringComparison.Ordinal))

        // No object came of such a command, so that the record tells of something else.
        || (!unit.WithWord && (cause.Contains("command that compiled it is not known", StringComparison.Ordinal) || cause.StartsWith("Nothing records the options", StringComparison.Ordinal)))
        || unit.Arguments.Any(a => cause.Contains($"'{a}'", StringComparison.Ordinal))
        || unit.Arguments.SelectMany(a => a.Split(',')).Select(Shortest).Any(n => n.Length > 1 && cause.Contains(n, StringComparison.Ordinal))

        // `--for-assembler 1` is `-Wa,1`.
        || unit.Arguments.Any(a => cause.Contains($",{a.Split('=', ',')[^1]}'", StringComparison.Ordinal))

        // A second source in the command: one of them is named.
        || cause.Contains($"'{unit.Name}.c'", StringComparison.Ordinal);

    /// <summary>An option up to its value: the least by which a cause can name it.</summary>
    private static string Shortest(string word) => word.StartsWith('-') ? word.Split('=', '/', ' ')[0] : Path.GetFileName(word);

    private void Record(Site site, List<OptionUnit> units)
    {
        if (isKbuild)
        {
            foreach (var unit in units)
            {
                site.Write($".{unit.Name}.o.cmd", $"cmd_{unit.Name}.o := {string.Join(' ', unit.Command.Select(Quote))}\n");
            }

            return;
        }

        var entries = units.Select(u => new Dictionary<string, object>
        {
            ["directory"] = site.Tree,
            ["file"] = $"{u.Name}.c",
            ["output"] = $"{u.Name}.o",
            ["arguments"] = u.Command,
        });
        site.Write("compile_commands.json", JsonSerializer.Serialize(entries));
    }

    private static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./,+@".Contains(c, StringComparison.Ordinal)) && word.Length > 0
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
