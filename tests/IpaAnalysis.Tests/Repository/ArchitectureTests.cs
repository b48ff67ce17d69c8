using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using IpaAnalysis.Verdicts;

using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace IpaAnalysis.Tests.Repository;

/// <summary>The arrows between the library's rooms run one way.</summary>
internal sealed class ArchitectureTests
{
    private const string Library = "IpaAnalysis";

    private static readonly Architecture s_library = new ArchLoader().LoadAssemblies(typeof(Analysis).Assembly).Build();

    private static IEnumerable<string> AllRooms => Rooms.All.Select(static r => r.Room);

    [Test]
    public void Every_namespace_is_a_room_of_the_table() =>
        Assert.That(Types.Select(RoomOf).Distinct(), Is.EquivalentTo(AllRooms));

    [Test]
    public void A_room_stands_below_those_that_it_uses()
    {
        string[] rooms = [.. AllRooms];
        foreach (var (room, uses) in Rooms.All)
        {
            Assert.That(rooms[..Array.IndexOf(rooms, room)], Is.SupersetOf(uses), room);
        }
    }

    [TestCaseSource(nameof(AllRooms))]
    public void Room_uses_only_what_the_table_allows(string room)
    {
        var allowed = Rooms.Reach(room);
        var types = Types.ToLookup(RoomOf);
        EachOf(types[room]).NotDependOnAny(Types.Where(t => !allowed.Contains(RoomOf(t)))).Check(s_library);
    }

    [Test]
    public void The_library_knows_nothing_of_MSBuild() =>
        Assert.That(Types.SelectMany(static t => t.Dependencies).Select(static d => d.Target.FullName).Where(static n => n.StartsWith("Microsoft.Build.", StringComparison.Ordinal)), Is.Empty);

    private static IEnumerable<IType> Types => s_library.Types.Where(static t => t.Namespace?.FullName.StartsWith(Library + ".", StringComparison.Ordinal) == true);

    private static string RoomOf(IType type) => type.Namespace!.FullName[(Library.Length + 1)..];

    private static TypesShould EachOf(IEnumerable<IType> types) => Types().That().Are(types).Should();
}
