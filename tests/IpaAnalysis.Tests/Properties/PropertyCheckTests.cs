using FsCheck.Fluent;

namespace IpaAnalysis.Tests.Properties;

/// <summary>A property that does not hold fails its test, with the smallest case; and every run tries the same cases.</summary>
internal sealed class PropertyCheckTests
{
    [Test]
    public void What_fails_is_told_as_small_as_it_gets()
    {
        var failure = Assert.Catch(() => PropertyCheck.Holds(
            200, Lists.Of(Gen.Choose(0, 9), 20), Lists.Shorter, list => Assert.That(list.Count(i => i == 7), Is.LessThan(2))));
        Assert.That(failure!.Message, Does.StartWith("Falsifiable").And.Contain("Shrunk:\n[|7; 7|]"));
    }

    [Test]
    public void Every_run_tries_the_same_and_every_seed_something_else()
    {
        var (first, again, other) = (Tried(1), Tried(1), Tried(2));
        Assert.That(first, Has.Count.EqualTo(50));
        Assert.That(first.Distinct().Count(), Is.GreaterThan(25));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));

        static List<string> Tried(ulong seed)
        {
            var tried = new List<string>();
            PropertyCheck.Holds(50, Lists.Of(Gen.Choose(0, 9), 20), Lists.Shorter, list => tried.Add(string.Join(',', list)), seed);
            return tried;
        }
    }

    [Test]
    public void A_shorter_list_is_the_list_without_a_part() =>
        Assert.That(Lists.Shorter([1, 2, 3]), Is.EqualTo((int[][])[[], [2, 3], [1, 3], [1, 2]]));
}
