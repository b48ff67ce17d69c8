using System.Text.Json;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Files;
using IpaAnalysis.MSBuild.Tests.Harness;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>The SARIF log comes and goes with the manifest.</summary>
internal sealed class SarifTests
{
    private const string Log = "reports/log.sarif";

    private const string Source = """
        static __attribute__((noinline)) int helper(int x, int unused) { return x * 3; }
        int caller(int x, int y) { return helper(x, y); }

        """;

    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TaskDirectory();
        _directory.Write("src/a.c", Source);
        Collect();
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void It_is_written_when_asked_for_and_then_left_alone()
    {
        _directory.MustRun(Analyze(""));
        Assert.That(_directory.Exists(Log), Is.False);
        var written = _directory.MustRun(Analyze()).WrittenFiles.Select(f => f.ItemSpec);
        var before = _directory.Snapshot();
        _directory.MustRun(Analyze());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_directory.Snapshot(), Is.EqualTo(before));
            Assert.That(written, Has.Member(_directory.At(Log)));
            Assert.That(File.ReadAllText(_directory.At(TaskDirectory.OutputList)), Does.Contain(Log));
            Assert.That(Results().Select(r => r.GetProperty("ruleId").GetString()), Is.EqualTo(["IPA5001"]));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_lost_or_modified_log_is_restored(bool delete)
    {
        _directory.MustRun(Analyze());
        var content = File.ReadAllBytes(_directory.At(Log));
        if (delete)
        {
            File.Delete(_directory.At(Log));
        }
        else
        {
            File.AppendAllText(_directory.At(Log), " ");
        }

        _directory.MustRun(Analyze());
        Assert.That(File.ReadAllBytes(_directory.At(Log)), Is.EqualTo(content));
    }

    [Test]
    public void Another_name_is_another_log_and_Clean_removes_both()
    {
        _directory.MustRun(Analyze());
        _directory.MustRun(Analyze("reports/other.sarif"));
        _directory.Write("reports/mine.sarif", "{}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllBytes(_directory.At("reports/other.sarif")), Is.EqualTo(File.ReadAllBytes(_directory.At(Log))));
            _directory.MustRun(TaskDirectory.Clean());
            Assert.That(_directory.Files(), Has.None.Matches("log.sarif|other.sarif").And.Member("reports/mine.sarif"));
        }
    }

    [TestCase(TaskDirectory.Manifest)]
    [TestCase("bin/../bin/affected-functions.schema.json")]
    public void It_cannot_take_the_place_of_the_manifest_or_its_schema(string file)
    {
        var (_, log) = _directory.Run(Analyze(file));
        Assert.That(log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1005"]));
    }

    [Test]
    public void An_error_of_the_question_stands_in_it()
    {
        _directory.MustRun(Analyze());
        var task = Analyze();
        task.PatchedFunctions = [new TaskItem("nobody")];
        Assert.That(_directory.Run(task).Succeeded, Is.False);
        Assert.That(Results().Select(r => r.GetProperty("ruleId").GetString()), Is.EqualTo(["IPA4001", "IPA5001"]));
    }

    [Test]
    public void A_log_that_cannot_be_written_is_an_error_in_every_build()
    {
        _directory.Write("reports", "a file where the directory should be");
        for (var i = 0; i < 2; i++)
        {
            Assert.That(_directory.Run(Analyze()).Log.Errors.Select(e => e.Code), Is.EqualTo(["IPA9002"]));
        }

        File.Delete(_directory.At("reports"));
        _directory.MustRun(Analyze());
        Assert.That(_directory.Exists(Log));
    }

    [Test]
    public void Lines_above_a_function_move_its_region_and_keep_its_fingerprint()
    {
        _directory.MustRun(Analyze());
        var before = Results().Single();
        _directory.Write("src/a.c", $"/* one */\n/* two */\n\n{Source}");
        Collect();
        _directory.MustRun(Analyze());
        var after = Results().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Line(after), Is.EqualTo(Line(before) + 3));
            Assert.That(after.GetProperty("partialFingerprints").GetRawText(), Is.EqualTo(before.GetProperty("partialFingerprints").GetRawText()));
        }
    }

    private void Collect()
    {
        _directory.Gcc("src/a.c", "tree/a.o");
        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
    }

    private static IpaAnalyzeUnits Analyze(string log = Log)
    {
        var task = TaskDirectory.Analyze(new TaskItem("helper"));
        task.SarifFile = log;
        task.Policy = "none";
        task.ForbiddenPasses = [new TaskItem("constprop")];
        return task;
    }

    private JsonElement[] Results()
    {
        using var log = JsonDocument.Parse(File.ReadAllBytes(_directory.At(Log)));
        return [.. log.RootElement.Clone().GetProperty("runs")[0].GetProperty("results").EnumerateArray()];
    }

    private static int Line(JsonElement result) =>
        result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32();
}
