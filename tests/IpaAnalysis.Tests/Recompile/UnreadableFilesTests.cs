using IpaAnalysis.Files;
using IpaAnalysis.Tests.Files;

using Thing = IpaAnalysis.Tests.Files.SpecialFiles.Thing;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>A unit whose object or source cannot be read is not exact, and says why.</summary>
internal sealed class UnreadableFilesTests
{
    private const string Source = """
        __attribute__((noinline)) int f(int a) { return a * a + 1; }
        int g(int a) { return f(a) + f(a); }
        """;

    [TestCase(Thing.Fifo, "it is a FIFO")]
    [TestCase(Thing.Device, "it is a device")]
    [TestCase(Thing.Socket, "it is a socket")]
    [CancelAfter(60_000)]
    public void An_object(Thing thing, string cause)
    {
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        SpecialFiles.Put(thing, unit.Unit.ObjectPath!, FileRole.Object);
        Assert.That(unit.Ask("f").Causes, Has.Some.Contains($"The object cannot be read to compare with: {cause}."));
    }

    [TestCase(Thing.Fifo, "it is a FIFO")]
    [TestCase(Thing.Device, "it is a device")]
    [TestCase(Thing.Socket, "it is a socket")]
    [TestCase(Thing.Directory, "it is a directory")]
    [CancelAfter(60_000)]
    public void A_source(Thing thing, string cause)
    {
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        SpecialFiles.Put(thing, unit.Unit.SourcePath!, FileRole.Source);
        Assert.That(unit.Ask("f").Causes, Has.Some.Contains($"Its source cannot be read: {cause}."));
    }
}
