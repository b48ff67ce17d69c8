using IpaAnalysis.Files;

namespace IpaAnalysis.Tests.Files;

internal sealed class OutputListTests
{
    [Test]
    public void Orphans_are_deleted_and_nothing_else()
    {
        using var tree = new TemporaryTree();
        tree.Touch("p/obj/a", "p/obj/b", "p/obj/c", "p/obj/mine");
        Load(tree).Replace("compile", [tree["p/obj/a"], tree["p/obj/b"]]);
        Load(tree).Replace("collect", [tree["p/obj/b"], tree["p/obj/c"]]);
        Load(tree).Replace("compile", []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.Exists(tree["p/obj/a"]), Is.False);
            Assert.That(File.Exists(tree["p/obj/b"]), Is.True, "another category holds it");
            Assert.That(File.Exists(tree["p/obj/c"]), Is.True);
            Assert.That(File.Exists(tree["p/obj/mine"]), Is.True);
            Assert.That(Load(tree).FilesOf("collect"), Is.EqualTo([tree["p/obj/b"], tree["p/obj/c"]]));
            Assert.That(Load(tree).FilesOf("compile"), Is.Empty);
            Assert.That(Load(tree).FilesOf("never"), Is.Empty);
        }
    }

    [Test]
    public void What_is_added_stands_beside_what_was_there_and_still_is()
    {
        using var tree = new TemporaryTree();
        tree.Touch("p/obj/old", "p/obj/new");
        Load(tree).Replace("analyze", [tree["p/obj/old"], tree["p/obj/gone"]]);
        Load(tree).Add("analyze", [tree["p/obj/new"]]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.Exists(tree["p/obj/old"]), Is.True);
            Assert.That(Load(tree).FilesOf("analyze"), Is.EqualTo([tree["p/obj/new"], tree["p/obj/old"]]));
        }
    }

    [TestCase("plain")]
    [TestCase("two\nlines")]
    [TestCase(" blanks ")]
    [TestCase("grüße 😀 \u2028")]
    [TestCase("quote\" back\\slash 'q' $(X) @(Y) %3B;")]
    [TestCase("..hidden")]
    [TestCase("...")]
    [TestCase("\u0001\t")]
    public void Any_name_comes_back_and_moves_with_its_directory(string name)
    {
        using var tree = new TemporaryTree();
        tree.Write($"p/obj/{name}");
        Load(tree).Replace("x", [tree[$"p/obj/{name}"], tree["outside"]]);
        Assert.That(Load(tree).FilesOf("x"), Is.EquivalentTo([tree[$"p/obj/{name}"], tree["outside"]]));
        Directory.Move(tree["p"], tree["moved"]);
        var moved = OutputList.Load(tree["moved/obj/list"], tree["moved"]);
        Assert.That(moved.FilesOf("x"), Is.EquivalentTo([tree[$"moved/obj/{name}"], tree["outside"]]));
        tree.Write("outside");
        Assert.That(moved.DeleteAll(), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(tree["moved/obj"]), Is.Empty);
        Assert.That(File.Exists(tree["outside"]), Is.False);
    }

    [Test]
    public void A_file_beside_the_base_directory_with_its_name_in_front_is_outside()
    {
        using var tree = new TemporaryTree();
        Load(tree).Replace("x", [tree["p2/file"], tree["p/..file"]]);
        Directory.CreateDirectory(tree["q/obj"]);
        File.Copy(tree["p/obj/list"], tree["q/obj/list"]);
        Assert.That(OutputList.Load(tree["q/obj/list"], tree["q"]).Files, Is.EquivalentTo([tree["p2/file"], tree["q/..file"]]));
    }

    [Test]
    public void Damaged_lines_cost_themselves_only()
    {
        using var tree = new TemporaryTree();
        tree.Touch("p/good", "p/also");
        tree.Write("p/obj/list", "\"x good\"\n\"x bad\n{}\n12\nnull\n\"\"\n\"x\"\n\"x \"\n\" y\"\n\"x nul\\u0000\"\n\u0000\u0001\n\n\"x also\"");
        Assert.That(Load(tree).Files, Is.EquivalentTo([tree["p/good"], tree["p/also"]]));
        Assert.That(Load(tree).DeleteAll(), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(tree["p"]), Is.EqualTo([tree["p/obj"]]));
    }

    [Test]
    public void However_a_file_is_spelled_it_is_not_its_own_orphan()
    {
        using var tree = new TemporaryTree();
        tree.Touch("out/manifest.json");
        Directory.CreateSymbolicLink(tree["link"], tree["out"]);
        Load(tree).Replace("analyze", [tree["link/manifest.json"]]);
        Load(tree).Replace("analyze", [tree["out/manifest.json"]]);
        Load(tree).Replace("analyze", [tree["out/../out/./manifest.json"]]);
        Assert.That(File.Exists(tree["out/manifest.json"]), Is.True);
        Assert.That(Load(tree).Files, Is.EqualTo([tree["out/manifest.json"]]));
    }

    [Test]
    public void A_directory_is_never_deleted_and_what_is_left_stays_in_the_list()
    {
        using var tree = new TemporaryTree();
        tree.Touch("p/file", "p/directory/inside");
        Load(tree).Replace("x", [tree["p/file"], tree["p/directory"]]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Load(tree).DeleteAll(), Is.EqualTo([tree["p/directory"]]));
            Assert.That(File.Exists(tree["p/directory/inside"]), Is.True);
            Assert.That(File.Exists(tree["p/file"]), Is.False);
            Assert.That(Load(tree).Files, Is.EqualTo([tree["p/directory"]]));
        }
    }

    [Test]
    public void An_unchanged_list_is_not_written_and_an_empty_one_not_made()
    {
        using var tree = new TemporaryTree();
        Load(tree).Replace("x", []);
        Assert.That(File.Exists(tree["p/obj/list"]), Is.False);
        Load(tree).Replace("x", [tree["p/b"], tree["p/a"]]);
        var old = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(tree["p/obj/list"], old);
        Load(tree).Replace("x", [tree["p/a"], tree["p/b"], tree["p/a"]]);
        Assert.That(File.GetLastWriteTimeUtc(tree["p/obj/list"]), Is.EqualTo(old));
    }

    private static OutputList Load(TemporaryTree tree) => OutputList.Load(tree["p/obj/list"], tree["p"]);
}
