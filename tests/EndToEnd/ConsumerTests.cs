using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>A later target that uses the items.</summary>
internal sealed class ConsumerTests : PackageTest
{
    [Test]
    public void The_sample_writes_its_list_once_and_cleans_it()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("Consumer");
        var list = Path.Combine(project.OutputDirectory, "functions-to-patch.txt");

        var first = project.Build().MustSucceed();
        var lines = File.ReadAllLines(list);
        var second = project.Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Select(l => l.Split("  ")[0]), Is.EquivalentTo(["lease_find", "lease_free", "lease_take"]));
            Assert.That(lines, Has.All.Contains("src/lease.o, src/lease.c:").And.All.Contains("inlined for src/lease.c:expired"));
            Assert.That(first.Log.Ran("ListFunctionsToPatch"));
            Assert.That(second.Log.Ran("ListFunctionsToPatch"), Is.False);
            Assert.That(second.ToPatch.Select(i => i.Describe()), Is.EqualTo(first.ToPatch.Select(i => i.Describe())));
        }

        // A changed answer runs it again.
        project.Edit("src/lease.c", "count += expired(&pool[i], now);", "count += pool[i].owner == 0;").Build().MustSucceed();
        Assert.That(File.ReadAllLines(list), Has.Length.EqualTo(2));

        project.Run("Clean").MustSucceed();
        Assert.That(File.Exists(list), Is.False);
    }
}
