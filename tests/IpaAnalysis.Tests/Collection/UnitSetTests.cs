using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Collection;

internal sealed class UnitSetTests
{
    private static readonly SourcePathMap Paths = new([]);

    [Test]
    public void Units_of_all_inputs_are_sorted_by_bytes()
    {
        var set = UnitSet.Merge(Group("x", "b.o", "\U0001F600.o"), Group("y", "\uE000.o", "a.o"));
        Assert.That(set.Units.Select(u => u.Object), Is.EqualTo(["a.o", "b.o", "\uE000.o", "\U0001F600.o"]));
        Assert.That(set.Diagnostics, Is.Empty);
    }

    [Test]
    public void Objects_of_one_name_are_an_error_that_names_both_inputs()
    {
        var set = UnitSet.Merge(Group("first", "a.o", "b.o"), Group("/some/where/second", "a.o", "b.o", "c.o"), Group("third", "a.o"));
        Assert.That(set.Units.Select(u => u.ObjectPath), Is.EqualTo(["/first/a.o", "/first/b.o", "//some/where/second/c.o"]));
        Assert.That(set.Diagnostics.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.TreeClash, DiagnosticCatalog.TreeClash]));
        Assert.That(set.Diagnostics[0].Message, Does.Contain("'first'").And.Contain("'second'").And.Contain("'a.o'").And.Contain("1 more").And.Not.Contain("/some"));
        Assert.That(set.Diagnostics[1].Message, Does.Contain("'first'").And.Contain("'third'").And.Not.Contain("more."));
    }

    private static UnitGroup Group(string name, params string[] objects) =>
        new(name, [.. objects.Select(o => new Unit { Object = o, ObjectPath = $"/{name}/{o}", Paths = Paths })]);
}
