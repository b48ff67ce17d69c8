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

    [TestCase("-O2 -fopenmp", "scale._omp_fn.0")]
    [TestCase("-O2 -fopenmp", "scale")]
    public void A_patched_function_may_be_named_by_a_child(string flags, string name)
    {
        Tools.Require("gcc");
        using var world = new World { Sources = ["a.c"], Flags = flags };
        world.Write("a.c", """
            extern int out(int);
            __attribute__((noinline)) int scale(const int *a, int n)
            {
                int s = 0;
            #pragma omp parallel for reduction(+:s)
                for (int i = 0; i < n; i++)
                    s += a[i];
                return s;
            }
            int user(int *a) { scale(a, 4); a[0] = out(a[1]); return scale(a, 4); }
            static inline int wrapper(int *a) { return scale(a, 9); }
            int plain(int *a) { return wrapper(a) + 1; }

            """);
        var answer = world.Ask(name);
        Assert.That((answer.Complete, answer.Exact), Is.EqualTo((true, true)), answer.ToString());
        Assert.That(answer.Function, Is.EqualTo("scale"));
        Assert.That(answer.Affected, Has.None.Contains("_omp_fn"));
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
