using System.Text.Json;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Recompile;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>The gate's tasks: judged once, reported in every build, judged anew when anything about it changes.</summary>
internal sealed class GateTests
{
    private const string Baseline = "known.json";

    private const string Source = """
        int external(int);
        static __attribute__((noinline)) int scaled(int v, int s) { return external(v) * s + external(s); }
        int use_scaled(int v) { return scaled(v, 12) + scaled(v + 1, 12); }

        """;

    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TaskDirectory();
        _directory.Write("src/a.c", Source);
        _directory.Gcc("src/a.c", "tree/a.o");
        _directory.Write("tree/compile_commands.json", $$"""
            [{ "directory": "{{_directory.Root}}", "file": "src/a.c", "output": "tree/a.o", "command": "gcc -O2 -c src/a.c -o tree/a.o" }]
            """);
        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCase("Error", "failed")]
    [TestCase("Warning", "passed")]
    [TestCase("Info", "passed")]
    public void A_violation_is_reported_at_its_place_in_every_build(string severity, string verdict)
    {
        var analysis = _directory.MustRun(Judge("none", Forbid("constprop", severity)));
        var before = _directory.Snapshot();
        var (succeeded, first) = _directory.Run(Report());
        var (again, second) = _directory.Run(Report());
        var violation = Gate().GetProperty("violations").EnumerateArray().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((succeeded, again), Is.EqualTo((severity != "Error", severity != "Error")));
            Assert.That(Gate().GetProperty("verdict").GetString(), Is.EqualTo(verdict));
            Assert.That(Reported(first), Is.EqualTo([$"{severity} IPA5001 {_directory.At("src/a.c")} 2 38"]));
            Assert.That(Reported(second), Is.EqualTo(Reported(first)));
            Assert.That(first.Errors.Select(e => e.HelpLink).Concat(first.Warnings.Select(w => w.HelpLink)), Is.All.EndsWith("#ipa5001"));
            Assert.That(violation.GetProperty("severity").GetString(), Is.EqualTo(severity.ToLowerInvariant()));
            Assert.That(violation.GetProperty("function").GetString(), Is.EqualTo("scaled"));
            Assert.That(violation.GetProperty("line").GetInt32(), Is.EqualTo(2));
            Assert.That(violation.GetProperty("accepted").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(_directory.Snapshot(), Is.EqualTo(before));
            Assert.That(analysis.RecommendedFlags, Is.EqualTo("-fno-ipa-cp"));
        }
    }

    [Test]
    public void A_clean_tree_is_said_to_pass_in_one_message()
    {
        _directory.MustRun(Judge("none", Forbid("isra")));
        var log = _directory.Run(Report()).Log;
        Assert.That(log.Messages.Select(m => m.Message), Has.Some.EqualTo("Gate none: passed; 0 violations."));
        Assert.That(log.Coded, Is.Empty);
    }

    [Test]
    public void Without_a_judgement_there_is_an_error() =>
        Assert.That(_directory.Run(Report()).Log.Errors.Select(e => e.Code), Is.EqualTo(["IPA9002"]));

    private static readonly TestCaseData<Action<IpaAnalyzeUnits>>[] s_changes =
    [
        new(t => t.Policy = "inline-only-static") { TestName = "Other_policy" },
        new(t => t.GateSeverity = "Error") { TestName = "Other_severity" },
        new(t => t.ForbiddenPasses = [Forbid("constprop")]) { TestName = "Other_pass" },
        new(t => t.ForbiddenPasses = [Forbid("ipa-ra", "Info")]) { TestName = "Other_severity_of_a_pass" },
        new(t => t.GateExceptions = [Except("ipa-ra")]) { TestName = "Other_exception" },
        new(t => t.GateExceptions = [Except("ipa-ra", "Object", "a.o")]) { TestName = "Other_selector_of_an_exception" },
        new(t => t.MaxDiagnosticsPerPass = "0") { TestName = "Other_maximum" },
        new(t => t.GateBaseline = Baseline) { TestName = "Other_baseline" },
        new(t => t.Compiler = "gcc-11") { TestName = "Other_compiler" },
    ];

    [TestCaseSource(nameof(s_changes))]
    public void Another_gate_is_judged_anew_without_reading_again_and_the_same_is_repeated(Action<IpaAnalyzeUnits> change)
    {
        _directory.Write(Baseline, """{ "version": 1, "objects": [{ "violations": ["IPA5002 ipa-ra"], "objects": ["a.o"] }], "functions": [] }""");
        _directory.MustRun(Judge("inline-clone"));
        var result = File.ReadAllBytes(_directory.At(TaskDirectory.Result));
        var task = Judge("inline-clone");
        change(task);
        var judged = _directory.Run(task);
        var before = _directory.Snapshot();
        task = Judge("inline-clone");
        change(task);
        var repeated = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(judged.Succeeded && repeated.Succeeded);
            Assert.That(File.ReadAllBytes(_directory.At(TaskDirectory.Result)), Is.Not.EqualTo(result));
            Assert.That(judged.Log.Messages.Select(m => m.Message), Has.None.Contains("the last result is repeated"));
            Assert.That(judged.Log.Messages.Select(m => m.Message), Has.None.Contains("a.o was read"), "no dump is read for it");
            Assert.That(repeated.Log.Messages.Select(m => m.Message), Has.Some.Contains("the last result is repeated"));
            Assert.That(_directory.Snapshot(), Is.EqualTo(before));
        }
    }

    [Test]
    public void Every_mistake_in_the_settings_is_an_error_and_nothing_is_judged()
    {
        var task = Judge("strict", Forbid("ipa-r"), Forbid("isra", "Fatal"));
        task.GateSeverity = "Bad";
        task.MaxDiagnosticsPerPass = "-1";
        task.GateExceptions = [new TaskItem("isra"), Except("nothing")];
        task.GateBaseline = "missing.json";
        var (succeeded, log) = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Errors.Select(e => e.Code), Is.EquivalentTo(
                ["IPA1005", "IPA1005", "IPA1005", "IPA1005", "IPA1017", "IPA1017", "IPA1018", "IPA1019"]));
            Assert.That(log.Errors.Select(e => e.Message), Has.Some.Contains("'ipa-ra'"));
            Assert.That(_directory.Exists(TaskDirectory.Manifest), Is.False);
            Assert.That(_directory.Exists(TaskDirectory.Result), Is.False);
        }
    }

    [TestCase("src/a.c", true)]
    [TestCase("tree/../src/a.c", true)]
    [TestCase("@/src/a.c", true)]
    [TestCase("@/tree/../src/./a.c", true)]
    [TestCase("../@name/src/a.c", true)]
    [TestCase("../src/a.c", false)]
    [TestCase("/elsewhere/src/a.c", false)]
    [TestCase("@/a.c", false)]
    public void The_source_of_an_exception_may_be_any_path_that_leads_to_it(string sourceFile, bool accepts)
    {
        var task = Judge("none", Forbid("constprop"));
        task.GateExceptions = [Except("constprop", "SourceFile", sourceFile
            .Replace("@name", Path.GetFileName(_directory.Root), StringComparison.Ordinal)
            .Replace("@", _directory.Root, StringComparison.Ordinal))];
        var (succeeded, log) = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded);
            Assert.That(Gate().GetProperty("verdict").GetString(), Is.EqualTo(accepts ? "passed" : "failed"));
            Assert.That(log.Coded, accepts ? Is.Empty : Has.One.Contains("IPA5006"));
        }
    }

    [Test]
    public void A_baseline_is_written_sorted_and_known_and_outlives_clean()
    {
        var updating = Judge("none", Forbid("constprop"), Forbid("ipa-ra"));
        (updating.GateBaseline, updating.UpdatesBaseline) = (Baseline, true);
        _directory.MustRun(updating);
        var written = _directory.MustRun(Write());
        var content = File.ReadAllText(_directory.At(Baseline));
        var judging = Judge("none", Forbid("constprop"), Forbid("ipa-ra"));
        judging.GateBaseline = Baseline;
        _directory.MustRun(judging);
        var report = _directory.Run(Report());
        _directory.MustRun(Write());
        _directory.MustRun(TaskDirectory.Clean());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(content, Is.EqualTo("""
                {
                  "version": 1,
                  "objects": [
                    {
                      "violations": ["IPA5002 ipa-ra"],
                      "objects": [
                        "a.o"
                      ]
                    }
                  ],
                  "functions": [
                    {
                      "violation": "IPA5001 constprop",
                      "functions": [
                        ["a.o","scaled","src/a.c"]
                      ]
                    }
                  ]
                }

                """));
            Assert.That(report.Succeeded);
            Assert.That(report.Log.Coded, Is.Empty);
            Assert.That(report.Log.Messages.Select(m => m.Message), Has.Some.EqualTo("Gate none: passed; 0 violations, 2 accepted."));
            Assert.That(File.ReadAllText(_directory.At(Baseline)), Is.EqualTo(content));
            Assert.That(_directory.Exists(TaskDirectory.Result), Is.False, "Clean ran");
        }
    }

    [TestCase(null)]
    [TestCase("{ \"version\": 1, <<<<<<<")]
    public void A_baseline_that_is_missing_or_damaged_is_an_error_unless_it_is_being_replaced(string? content)
    {
        if (content is not null)
        {
            _directory.Write(Baseline, content);
        }

        IpaAnalyzeUnits Judging(bool updates)
        {
            var task = Judge("none", Forbid("constprop"));
            (task.GateBaseline, task.UpdatesBaseline) = (Baseline, updates);
            return task;
        }

        var error = _directory.Run(Judging(updates: false)).Log.Errors.Single();
        _directory.MustRun(Judging(updates: true));
        _directory.MustRun(Write());
        _directory.MustRun(Judging(updates: false));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Code, Is.EqualTo("IPA1019"));
            Assert.That(error.File, Is.EqualTo(_directory.At(Baseline)));
            Assert.That(_directory.Run(Report()).Succeeded);
        }
    }

    [Test]
    public void Writing_a_baseline_needs_its_name()
    {
        _directory.MustRun(Judge("none", Forbid("constprop")));
        var task = Write();
        task.Baseline = "";
        var error = _directory.Run(task).Log.Errors.Single();
        Assert.That((error.Code, error.Message), Is.EqualTo(
            ("IPA1019", "IpaUpdateGateBaseline ran but IpaGateBaseline names no file. Set the property in the project, or with -p:IpaGateBaseline=FILE.")));
    }

    [Test]
    public void A_lost_or_damaged_judgement_is_made_anew()
    {
        _directory.MustRun(Judge("inline-clone"));
        var content = File.ReadAllBytes(_directory.At(TaskDirectory.Result));
        File.Delete(_directory.At(TaskDirectory.Result));
        for (var offset = 0; offset < content.Length; offset += Math.Max(1, content.Length / 30))
        {
            _directory.MustRun(Judge("inline-clone"));
            Assert.That(File.ReadAllBytes(_directory.At(TaskDirectory.Result)), Is.EqualTo(content), $"offset {offset}");
            var damaged = content.ToArray();
            damaged[offset] ^= 0x55;
            File.WriteAllBytes(_directory.At(TaskDirectory.Result), offset % 2 == 0 ? damaged : damaged[..offset]);
        }
    }

    [Test]
    public void A_judgement_of_another_question_is_not_repeated()
    {
        // The manifests do not differ.
        var limited = Judge("inline-clone", Forbid("constprop"), Forbid("inline"));
        limited.MaxDiagnosticsPerPass = "0";
        _directory.MustRun(limited);
        var gate = File.ReadAllBytes(_directory.At(TaskDirectory.Result));
        _directory.MustRun(Judge("inline-clone", Forbid("constprop"), Forbid("inline")));
        var expected = Reported(_directory.Run(Report()).Log);
        File.WriteAllBytes(_directory.At(TaskDirectory.Result), gate);
        _directory.MustRun(Judge("inline-clone", Forbid("constprop"), Forbid("inline")));
        Assert.That(Reported(_directory.Run(Report()).Log), Is.EqualTo(expected));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Policy_listed_is_inline_clone_where_nothing_is_listed(bool isPatched)
    {
        // Patched, but with the compiler not asked: the object is not exact.
        var task = Judge("listed");
        task.ExactImpact = "false";
        task.PatchedFunctions = isPatched ? [new TaskItem("scaled")] : [];
        var (_, log) = _directory.Run(task);
        var (policy, violations) = (Gate().GetProperty("policy").GetString(), Gate().GetProperty("violations").GetRawText());
        var strict = Judge("inline-clone");
        strict.PatchedFunctions = task.PatchedFunctions;
        strict.ExactImpact = "false";
        _directory.MustRun(strict);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy, Is.EqualTo("listed"));
            Assert.That(violations, Is.EqualTo(Gate().GetProperty("violations").GetRawText()).And.Contain("ipa-ra"));
            Assert.That(Reported(log).Count(r => r.Contains("IPA5008", StringComparison.Ordinal)), Is.EqualTo(isPatched ? 0 : 1));
            Assert.That(task.RecommendedFlags, Is.EqualTo("-flive-patching=inline-clone"));
        }
    }

    [Test]
    public void Policy_listed_accepts_every_pass_where_the_compiler_told_who_depends_on_the_patched_function()
    {
        var task = Judge("listed");
        task.GateSeverity = "Error";
        task.PatchedFunctions = [new TaskItem("scaled")];
        _directory.MustRun(task);
        var listed = (Gate().GetProperty("verdict").GetString(), Gate().GetProperty("violations").GetArrayLength(), task.RecommendedFlags);
        var forbidding = Judge("listed", Forbid("constprop"));
        forbidding.PatchedFunctions = task.PatchedFunctions;
        _directory.MustRun(forbidding);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed, Is.EqualTo(("passed", 0, "")));
            Assert.That(Gate().GetProperty("verdict").GetString(), Is.EqualTo("failed"), "the project's own items count as ever");
            Assert.That(Gate().GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("pass").GetString()), Is.EqualTo(["constprop"]));
        }
    }

    [Test]
    public void A_compiler_that_changed_is_asked_again()
    {
        var bin = Directory.CreateDirectory(_directory.At("bin-gcc")).FullName;
        var gcc = IpaAnalysis.Tests.Tools.Require("gcc");
        void Wrap(string comment)
        {
            _directory.Write("bin-gcc/gcc", $"#!/bin/sh\n# {comment}\nexec {gcc} \"$@\"\n");
            File.SetUnixFileMode(_directory.At("bin-gcc/gcc"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Wrap("one");
        _directory.Environment["PATH"] = $"{bin}:{_directory.Environment["PATH"]}";
        _directory.MustRun(Judge("inline-clone"));
        var repeated = _directory.Run(Judge("inline-clone")).Log;
        Wrap("the other");
        var asked = _directory.Run(Judge("inline-clone")).Log;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(repeated.Messages.Select(m => m.Message), Has.Some.Contains("the last result is repeated"));
            Assert.That(asked.Messages.Select(m => m.Message), Has.None.Contains("the last result is repeated"));
        }
    }

    private static IpaAnalyzeUnits Judge(string policy, params TaskItem[] forbidden)
    {
        var task = TaskDirectory.Analyze();
        task.Policy = policy;
        task.ForbiddenPasses = forbidden;
        return task;
    }

    private static IpaReportGate Report() => new();

    private static IpaWriteGateBaseline Write() => new() { Baseline = Baseline };

    private static TaskItem Forbid(string pass, string severity = "") =>
        new(pass, new Dictionary<string, string> { ["Severity"] = severity });

    private static TaskItem Except(string pass, string selector = "Function", string value = "") =>
        new(pass, new Dictionary<string, string> { ["Justification"] = "known", [selector] = value });

    private JsonElement Gate() => JsonDocument.Parse(File.ReadAllText(_directory.At(TaskDirectory.Manifest))).RootElement.GetProperty("gate");

    private static string[] Reported(MockEngine log) =>
    [
        .. log.Errors.Select(e => $"Error {e.Code} {e.File} {e.LineNumber} {e.ColumnNumber}"),
        .. log.Warnings.Select(w => $"Warning {w.Code} {w.File} {w.LineNumber} {w.ColumnNumber}"),
        .. log.Messages.Where(m => m.Code?.StartsWith("IPA", StringComparison.Ordinal) == true).Select(m => $"Info {m.Code} {m.File} {m.LineNumber} {m.ColumnNumber}"),
    ];
}
