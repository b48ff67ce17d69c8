using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Tests.Files;

/// <summary>As Debian 13 has kernel headers: <c>/lib</c> is a link, and behind it lies a relative one.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FileStateTests
{
    [Test]
    public void A_relative_link_behind_a_link_is_followed_from_where_it_lies()
    {
        using var tree = new TemporaryTree();
        tree.Write("usr/src/headers/Makefile", "all:\n");
        tree.Write("usr/lib/modules/1/empty");
        File.CreateSymbolicLink(tree["lib"], "usr/lib");
        File.CreateSymbolicLink(tree["usr/lib/modules/1/Makefile"], "../../../src/headers/Makefile");
        File.CreateSymbolicLink(tree["usr/lib/modules/1/nothing"], "../../../src/headers/gone");
        File.CreateSymbolicLink(tree["usr/lib/modules/1/loop"], "loop");

        var expected = FileState.LookAtOutput(tree["usr/src/headers/Makefile"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(expected?.Length, Is.EqualTo(5));
            Assert.That(FileState.LookAtOutput(tree["lib/modules/1/Makefile"]), Is.EqualTo(expected));
            Assert.That(FileState.LookAtOutput(tree["lib/modules/1/nothing"]), Is.Null);
            Assert.That(FileState.LookAtOutput(tree["lib/modules/1/loop"]), Is.Null);
            Assert.That(FileIdentity.TryGetPortably(tree["lib/modules/1/Makefile"], out var identity, out var kind), Is.True);
            Assert.That((identity.Length, kind), Is.EqualTo((5L, FileKind.Regular)));
            Assert.That(FileIdentity.TryGetPortably(tree["lib/modules/1/nothing"], out _, out _), Is.False);
            Assert.That(FileIdentity.TryGetPortably(tree["lib/modules/1/loop"], out _, out _), Is.False);
        }
    }
}
