using IpaAnalysis.Tests;

namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>
/// No dirty world is said to be complete or exact, in the build after the clean one and in one that knows nothing of it, and
/// its clean twin is.
/// </summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class DirtyWorldTests
{
    private static IEnumerable<TestCaseData> Rows() =>
        new[] { UnitRows.All, CodeRows.All, ReaderRows.All, ChildRows.All, TimeRows.All }.SelectMany(r => r).Select(r => new TestCaseData(r).SetArgDisplayNames(r.ToString()));

    [TestCaseSource(nameof(Rows))]
    public void A_dirty_world_is_told_and_its_clean_twin_is_not(object data)
    {
        var row = (DirtyRow)data;
        Tools.Require("gcc");
        using var world = new World();
        row.Make(world);
        var twin = world.Ask(row.Function);
        Assert.That((twin.Complete, twin.Exact, string.Join(' ', twin.Affected)), Is.EqualTo((true, row.IsTwinExact, string.Join(' ', row.Twin))), () => $"the clean twin\n{twin}");
        row.Dirty(world);
        Check(row, world.Ask(row.Function), "in the build after");
        world.Forget();
        Check(row, world.Ask(row.Function), "in a build of its own");
    }

    private static void Check(DirtyRow row, WorldAnswer answer, string when)
    {
        using (Assert.EnterMultipleScope())
        {
            switch (row.Verdict)
            {
                case DirtyVerdict.Incomplete:
                    Assert.That(answer.Complete, Is.False, () => $"{when}\n{answer}");
                    Assert.That(answer.Exact is true && !(row.Lists.Length > 0 && row.Lists.All(answer.Affected.Contains)), Is.False, () => $"{when}\n{answer}");
                    break;
                case DirtyVerdict.Inexact:
                    Assert.That(answer.Exact, Is.Not.True, () => $"{when}\n{answer}");
                    break;
                default:
                    Assert.That((answer.Complete, answer.Exact), Is.EqualTo((true, true)), () => $"{when}\n{answer}");
                    Assert.That(answer.Affected, Is.EqualTo(row.Lists), () => $"{when}\n{answer}");
                    break;
            }

            foreach (var text in row.Says)
            {
                Assert.That(answer.Text, Does.Contain(text), () => $"{when}\n{answer}");
            }
        }
    }
}
