using System.Diagnostics;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Tests.Collection;

/// <summary>A whole kernel, where one is at hand: <c>IPA_CORPUS</c> names the directory of its dumps.</summary>
internal sealed class CorpusTests
{
    [Test]
    public void Every_object_of_a_kernel_is_a_unit_with_all_its_files()
    {
        var corpus = Tools.RequireCorpus();

        // The corpus may be one tree or a directory of trees.
        var directory = Directory.GetFiles(corpus, "*.o.cmd", new EnumerationOptions { AttributesToSkip = 0 }).Length > 0 ? corpus : Directory.GetDirectories(corpus).Single();
        var watch = Stopwatch.StartNew();
        var tree = TreeCollector.Collect(new TreeOptions { Directory = directory }, CancellationToken.None);
        TestContext.Out.WriteLine($"{tree.Units.Length} units in {watch.ElapsedMilliseconds} ms; not units: {tree.NotUnits.Describe()}");
        watch.Restart();
        tree = TreeCollector.Collect(new TreeOptions { Directory = directory }, CancellationToken.None);
        TestContext.Out.WriteLine($"again {watch.ElapsedMilliseconds} ms");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tree.Diagnostics.Select(d => d.Message), Is.Empty);
            Assert.That(tree.Units, Has.Length.EqualTo(Directory.EnumerateFiles(directory, "*.o", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true }).Count()));
            Assert.That(tree.Units.Where(u => u.DumpPath is null || u.CallGraphPath is null || u.ObjectPath is null || u.Command is null), Is.Empty);
            Assert.That(tree.Units.Where(u => u.WorkingDirectory != directory), Is.Empty);
            Assert.That(tree.Units.Select(u => u.Object), Is.Ordered.Using<string>(Utf8Order.Instance));
            Assert.That(tree.NotUnits, Is.EqualTo(new NotUnits { AssemblyOnly = 3 }));
        }
    }
}
