using System.Formats.Tar;
using IpaAnalysis.Archives;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Tests.Archives;

/// <summary>Archives of trees: what honest ones hold comes out as it is, and nothing of hostile ones leaves its place.</summary>
internal sealed class TreeArchiveTests
{
    private static readonly ArchiveBounds s_small = new(Entries: 40, Bytes: 1 << 20, Ratio: 20, Allowance: 1 << 16);

    private static readonly string[] s_tars = [.. TestArchive.Forms.Where(static f => f != "zip")];

    private static readonly string[] s_badNames =
        ["../out", "d/../../out", "/out", "d/..", "", ".", "caf\uFFFD", new('n', 300)];

    private static readonly TarEntryType[] s_badTypes =
        [TarEntryType.SymbolicLink, TarEntryType.HardLink, TarEntryType.CharacterDevice, TarEntryType.BlockDevice, TarEntryType.Fifo];

    [Test]
    public void Every_form_comes_out_as_it_went_in_and_is_known_again([ValueSource(typeof(TestArchive), nameof(TestArchive.Forms))] string form)
    {
        using var tree = new TemporaryTree();
        var large = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i * 7919L % 100_003:x}\n"));
        var path = TestArchive.Make(tree, form, ("./fs/ext4/dir.c.000i.ipa-clones", "a\n"), ("fs/empty", ""), ("fs/größe b", "ü"), ("large", large));
        var first = Open(tree, path, ArchiveBounds.Default);
        Assert.That(first.Diagnostics, Is.Empty);
        Assert.That(first.IsNew, Is.True);
        Assert.That(Files(first), Is.EqualTo(["fs/empty", "fs/ext4/dir.c.000i.ipa-clones", "fs/größe b", "large"]));
        Assert.That(File.ReadAllText(Path.Combine(first.Directory!, "large")), Is.EqualTo(large));
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(first.Directory!, "large")).Year, Is.EqualTo(2020), "which tells what is newer");
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(Path.Combine(first.Directory!, "large")) & (UnixFileMode.UserExecute | UnixFileMode.OtherExecute), Is.EqualTo(UnixFileMode.None));
        }

        var again = Open(tree, path, ArchiveBounds.Default);
        Assert.That((again.IsNew, again.Directory), Is.EqualTo((false, first.Directory)));
        File.Move(path, tree["another name"]);
        Assert.That(Open(tree, tree["another name"], ArchiveBounds.Default).IsNew, Is.False, "the content counts");
        File.Delete(Path.Combine(first.Directory!, "fs/empty"));
        Assert.That(Open(tree, tree["another name"], ArchiveBounds.Default, onlyAsks: true).IsNew, Is.True, "something is gone");
        Assert.That(Open(tree, tree["another name"], ArchiveBounds.Default).IsNew, Is.True);
        Assert.That(Files(first), Has.Length.EqualTo(4));
    }

    [Test]
    public void A_name_that_leads_out_is_refused(
        [ValueSource(typeof(TestArchive), nameof(TestArchive.Forms))] string form, [ValueSource(nameof(s_badNames))] string name)
    {
        // The writers themselves take no empty name.
        var written = name.Length == 0 ? "./" + name : name;
        using var tree = new TemporaryTree();
        var path = form == "zip"
            ? TestArchive.Zip(tree, zip =>
            {
                TestArchive.Write(zip.CreateEntry("good"), "good");
                TestArchive.Write(zip.CreateEntry(written.Length == 2 ? "." : written), "bad");
            })
            : TestArchive.Make(tree, form, ("good", "good"), (written, "bad"));
        var archive = Open(tree, path, s_small);
        Assert.That(archive.Diagnostics.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.ArchiveEntryRefused]));
        Assert.That(archive.Diagnostics[0].Descriptor.MeansIncomplete, Is.True);
        Assert.That(archive.Diagnostics[0].Message, Does.StartWith("'").And.Contain($"a.{form}"));
        Assert.That(Files(archive), Is.EqualTo(["good"]));
        Assert.That(tree.HasFile("out"), Is.False);
        Assert.That(File.Exists("/out"), Is.False);
        Assert.That(Open(tree, path, s_small).Diagnostics, Is.EqualTo(archive.Diagnostics), "told each time");
    }

    [Test]
    public void Links_devices_and_pipes_are_refused_by_name([ValueSource(nameof(s_tars))] string form, [ValueSource(nameof(s_badTypes))] TarEntryType type)
    {
        using var tree = new TemporaryTree();
        var path = TestArchive.Tar(tree, form, tar =>
        {
            var bad = new PaxTarEntry(type, "bad");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                bad.LinkName = "/etc";
            }

            tar.WriteEntry(bad);
            tar.WriteEntry(TestArchive.Plain("bad/passwd", "through the link"));
        });
        var archive = Open(tree, path, s_small);
        Assert.That(archive.Diagnostics.Single().Descriptor, Is.EqualTo(DiagnosticCatalog.ArchiveEntryRefused));
        Assert.That(archive.Diagnostics[0].Message, Does.Contain("'bad'"));
        Assert.That(Files(archive), Is.EqualTo(["bad/passwd"]), "a directory of our own");
    }

    [TestCase(0xA000, "symbolic link")]
    [TestCase(0x1000, "neither a file")]
    [TestCase(0x6000, "neither a file")]
    public void Links_and_devices_of_zip_are_refused_by_name(int type, string cause)
    {
        using var tree = new TemporaryTree();
        var path = TestArchive.Zip(tree, zip =>
        {
            var entry = zip.CreateEntry("bad");
            entry.ExternalAttributes = (type | 0x1FF) << 16;
            TestArchive.Write(entry, "/etc");
        });
        var archive = Open(tree, path, s_small);
        Assert.That(archive.Diagnostics.Single().Message, Does.Contain("'bad'").And.Contain(cause));
        Assert.That(Files(archive), Is.Empty);
    }

    [Test]
    public void Names_that_clash_are_refused([ValueSource(typeof(TestArchive), nameof(TestArchive.Forms))] string form)
    {
        using var tree = new TemporaryTree();
        var archive = Open(tree, TestArchive.Make(tree, form, ("a", "first"), ("./a", "second"), ("a/b", "below a file"), ("d/e", "e"), ("d", "a directory")), s_small);
        Assert.That(archive.Diagnostics.Select(d => d.Message.Split('\'')[1]), Is.EqualTo(["./a", "a/b", "d"]));
        Assert.That(Files(archive), Is.EqualTo(["a", "d/e"]));
        Assert.That(File.ReadAllText(Path.Combine(archive.Directory!, "a")), Is.EqualTo("first"));
    }

    [Test]
    public void A_sparse_file_is_refused_by_name([Values("gnu", "posix")] string format, [Values("", "--sparse-version=0.1", "--sparse-version=1.0")] string version)
    {
        using var tree = new TemporaryTree();
        using (var file = File.Create(tree["holes"]))
        {
            file.SetLength(1 << 20);
            file.Position = 1 << 19;
            file.Write("data"u8);
        }

        string[] words = ["-c", "-S", $"--format={format}", "-f", "a.tar", .. version.Length > 0 && format == "posix" ? new[] { version } : [], "holes"];
        tree.Run("", Tools.Require("tar"), words);
        var archive = Open(tree, tree["a.tar"], s_small);
        Assert.That(archive.Diagnostics.Single().Message, Does.Contain("is a sparse file").And.Contain("holes"));
        Assert.That(archive.Directory is null ? [] : Files(archive), Is.Empty);
    }

    [Test]
    public void What_unpacks_to_too_much_is_not_used([ValueSource(typeof(TestArchive), nameof(TestArchive.Forms))] string form, [Values("entries", "bytes", "ratio")] string bound)
    {
        using var tree = new TemporaryTree();
        var zeros = new string('0', bound == "bytes" ? 700_000 : 400_000);
        var random = new Random(1);
        var noise = string.Concat(Enumerable.Range(0, 700_000).Select(_ => (char)random.Next('0', 'z')));
        var path = bound switch
        {
            "entries" => TestArchive.Make(tree, form, [.. Enumerable.Range(0, 41).Select(i => ($"f{i}", ""))]),
            "bytes" => TestArchive.Make(tree, form, ("a", noise), ("b", noise)),
            _ => TestArchive.Make(tree, form, ("a", zeros), ("b", zeros)),
        };
        var bounds = bound == "bytes" ? s_small with { Ratio = 1000 } : s_small;
        if (bound == "ratio" && form == "tar")
        {
            Assert.That(Open(tree, path, bounds).Diagnostics, Is.Empty, "it is not compressed");
            return;
        }

        Refused(tree, path, bounds, bound == "entries" ? "40 entries" : "more than");
    }

    [Test]
    public void What_is_damaged_or_cut_off_is_not_used([ValueSource(typeof(TestArchive), nameof(TestArchive.Forms))] string form)
    {
        using var tree = new TemporaryTree();
        var random = new Random(2);
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(_ => (char)random.Next('0', 'z')));
        var whole = File.ReadAllBytes(TestArchive.Make(tree, form, ("a", text), ("b", text)));
        foreach (var length in (int[])[whole.Length / 2, whole.Length - 1100, 600, 100])
        {
            var path = tree[$"cut{length}"];
            File.WriteAllBytes(path, whole[..length]);
            Refused(tree, path, ArchiveBounds.Default, "");
        }

        // tar itself keeps a checksum of headers only.
        if (form == "tar")
        {
            return;
        }

        for (var i = 1; i < 12; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[whole.Length * i / 13] ^= 0x10;
            var path = tree[$"damaged{i}"];
            File.WriteAllBytes(path, damaged);
            Refused(tree, path, ArchiveBounds.Default, "");
        }
    }

    [Test]
    public void Two_archives_in_a_row_are_not_one([ValueSource(nameof(s_tars))] string form)
    {
        using var tree = new TemporaryTree();
        var one = File.ReadAllBytes(TestArchive.Make(tree, form, ("a", "a")));
        var two = File.ReadAllBytes(TestArchive.Make(tree, form, ("b", "b")));
        File.WriteAllBytes(tree["both"], [.. one, .. two]);
        Refused(tree, tree["both"], s_small, "");
    }

    [TestCase("nonsense")]
    [TestCase("")]
    [TestCase("!<arch>\n")]
    public void What_is_no_archive_is_told(string content)
    {
        using var tree = new TemporaryTree();
        Refused(tree, tree.Write("a.tar", content), s_small, "no tar archive");
        Assert.That(Directory.Exists(tree["archives"]) && Directory.EnumerateFileSystemEntries(tree["archives"]).Any(), Is.False);
    }

    [Test]
    public void Only_ours_is_removed()
    {
        using var tree = new TemporaryTree();
        var old = Open(tree, TestArchive.Make(tree, "tar", ("a", "a")), s_small);
        var current = Open(tree, TestArchive.Make(tree, "tar.gz", ("b", "b")), s_small);
        tree.Write("archives/mine/notes", "mine");
        Directory.CreateDirectory(old.Directory + ".unpacking");
        Directory.CreateSymbolicLink(tree["archives/" + new string('a', 32)], tree["archives/mine"]);
        TreeArchive.Remove(tree["archives"], [current.StateFile!]);
        Assert.That(Directory.Exists(old.Directory), Is.False);
        Assert.That(Directory.Exists(old.Directory + ".unpacking"), Is.False);
        Assert.That(Files(current), Is.EqualTo(["b"]));
        Assert.That(File.Exists(tree["archives/mine/notes"]), Is.True);
    }

    private static TreeArchive Open(TemporaryTree tree, string path, ArchiveBounds bounds, bool onlyAsks = false) =>
        TreeArchive.Open(path, tree["archives"], bounds, onlyAsks, CancellationToken.None);

    private static void Refused(TemporaryTree tree, string path, ArchiveBounds bounds, string cause)
    {
        var archive = Open(tree, path, bounds);
        Assert.That(archive.Directory, Is.Null, path);
        Assert.That(archive.Diagnostics.Single().Descriptor, Is.EqualTo(DiagnosticCatalog.ArchiveUnusable));
        Assert.That(archive.Diagnostics[0].Message, Does.Contain(cause).And.Not.Contain(tree.Path));
        Assert.That(Directory.Exists(tree["archives"]) ? Directory.GetDirectories(tree["archives"]) : [], Is.Empty, "nothing is left");
    }

    private static string[] Files(TreeArchive archive) =>
        [.. Directory.EnumerateFiles(archive.Directory!, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(archive.Directory!, f)).Order(StringComparer.Ordinal)];
}
