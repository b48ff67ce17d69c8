using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Tests.Collection;

internal sealed class SourcePathMapTests
{
    private static readonly SourcePathMap Map = new(["/t/module", "/t/kernel/build", "/t/kernel", "/t/"]);

    [TestCase("a.c", "/t/module", "a.c")]
    [TestCase("./d/../a.c", "/t/module/", "a.c")]
    [TestCase("/t/module/d/a.c", null, "d/a.c")]
    [TestCase("/t/module/d/a.c", "/x", "d/a.c")]
    [TestCase("./arch/x.h", "/t/kernel/build", "arch/x.h")]
    [TestCase("../include/x.h", "/t/kernel/build", "include/x.h")]
    [TestCase("/t/modules/a.c", null, "modules/a.c")]
    [TestCase("/t/module2", null, "module2")]
    [TestCase("/usr/include//stdio.h", "/t", "/usr/include/stdio.h")]
    [TestCase("/../../usr/./x.h", "/t", "/usr/x.h")]
    [TestCase("../../../x.h", "/t/module", "/x.h")]
    [TestCase("d/./e/../a.c", null, "d/a.c")]
    [TestCase("../a/../../b.c", null, "../../b.c")]
    [TestCase("a/..", null, ".")]
    [TestCase("a\\b;c d\n.c", "/t/module", "a\\b;c d\n.c")]
    [TestCase("é.c", "/t/module", "é.c")]
    [TestCase("<x>/a.c", "/t/module", "<x>/a.c")]
    public void A_path_is_written_relative_to_the_first_root_that_holds_it(string raw, string? directory, string expected) =>
        Assert.That(Map.Normalize(raw, directory), Is.EqualTo(expected));

    [TestCase("<built-in>")]
    [TestCase("<command-line>")]
    [TestCase("<stdin>")]
    [TestCase("<artificial>")]
    [TestCase("")]
    public void What_is_no_file_has_no_path(string raw) => Assert.That(Map.Normalize(raw, "/t/module"), Is.Null);

    [Test]
    public void A_path_of_any_length_is_written()
    {
        var raw = string.Join('/', Enumerable.Repeat("abc/..", 200_000)) + "/a.c";
        Assert.That(Map.Normalize(raw, "/t/module"), Is.EqualTo("a.c"));
    }

    [Test]
    public void A_root_counts_as_given_and_as_its_links_resolve()
    {
        using var files = new TemporaryTree();
        files.Touch("real/headers/include/x.h");
        Directory.CreateSymbolicLink(files["link"], "real");
        Directory.CreateSymbolicLink(files["build"], files["link/headers"]);
        var map = new SourcePathMap([files["build"]]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(map.Normalize(files["build/include/x.h"], null), Is.EqualTo("include/x.h"));
            Assert.That(map.Normalize(files["real/headers/include/x.h"], null), Is.EqualTo("include/x.h"));
            Assert.That(map.Normalize("include/x.h", files["real/headers"]), Is.EqualTo("include/x.h"));
        }
    }

    [Test]
    public void One_file_by_several_paths_is_one()
    {
        using var files = new TemporaryTree();
        using var outside = new TemporaryTree();
        files.Touch("p/inc/h.h", "p/sub/c.c");
        outside.Touch("common/k.h", "store/1234");
        Directory.CreateSymbolicLink(files["p/link"], "inc");
        Directory.CreateSymbolicLink(files["p/sub/deep"], "../link");
        Directory.CreateSymbolicLink(files["p/out1"], outside["common"]);
        Directory.CreateSymbolicLink(files["p/out2"], outside["common"]);
        File.CreateSymbolicLink(files["p/alias.h"], "inc/h.h");
        File.CreateSymbolicLink(files["p/stored.h"], outside["store/1234"]);
        var map = new SourcePathMap([files["p"]]);
        foreach (var path in (string[])["inc/h.h", "link/h.h", "sub/../inc/h.h", "sub/deep/h.h", files["p/link/h.h"], "alias.h"])
        {
            Assert.That(map.Normalize(path, files["p"]), Is.EqualTo("inc/h.h"), path);
        }

        foreach (var path in (string[])["out1/k.h", "out2/k.h", outside["common/k.h"]])
        {
            Assert.That(map.Normalize(path, files["p"]), Is.EqualTo(outside["common/k.h"]), path);
        }

        Assert.That(map.Normalize("stored.h", files["p"]), Is.EqualTo("stored.h"), "a link to a store of files keeps its name");
    }

    [Test]
    public void Links_that_go_round_end()
    {
        using var files = new TemporaryTree();
        Directory.CreateSymbolicLink(files["a"], "b");
        Directory.CreateSymbolicLink(files["b"], "a");
        Assert.That(new SourcePathMap([files["a/x"]]).Normalize(files["a/x/y.c"], null), Is.EqualTo("y.c"));
    }

    [Test]
    public void Folding_agrees_with_the_framework()
    {
        var random = new Random(5);
        string[] parts = ["a", "..", ".", "", "b c", "..."];
        for (var i = 0; i < 20_000; i++)
        {
            var raw = "x" + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "/" + parts[random.Next(parts.Length)]));
            var expected = Path.TrimEndingDirectorySeparator(Path.GetFullPath(raw, "/r/s"));
            Assert.That(new SourcePathMap([]).Normalize(raw, "/r/s"), Is.EqualTo(expected), raw);
        }
    }
}
