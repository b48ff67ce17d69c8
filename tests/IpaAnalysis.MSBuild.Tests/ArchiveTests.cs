using System.Formats.Tar;
using System.IO.Compression;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Tests;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>An archive given as a tree.</summary>
internal sealed class ArchiveTests
{
    [Test]
    public void An_archive_answers_as_its_directory_does_and_is_cleaned()
    {
        Tools.Require("gcc");
        using var directory = new TaskDirectory();
        Fill(directory);
        Pack(directory);
        var archive = Ask(directory, "tree.tgz", out var codes);
        Assert.That(codes, Is.Empty);
        var unpacked = Directory.GetDirectories(directory.At("obj/ipa/archives")).Single();
        Assert.That(Ask(directory, "tree.tgz", out _), Is.EqualTo(archive));
        Assert.That(Directory.GetDirectories(directory.At("obj/ipa/archives")), Is.EqualTo([unpacked]));

        // Another content is another directory, and the old one goes.
        directory.Write("b.c", "static inline int small(int x) { return x - 1; }\nint second(int x) { return small(x); }\n");
        directory.Gcc("b.c", "tree/b.o");
        Pack(directory);
        Assert.That(Ask(directory, "tree.tgz", out _), Is.EquivalentTo(["a.o!caller", "b.o!second"]));
        Assert.That(Directory.GetDirectories(directory.At("obj/ipa/archives")).Single(), Is.Not.EqualTo(unpacked));
        Directory.Move(directory.At("tree"), directory.At("other"));
        Assert.That(Ask(directory, "other", out _), Is.EquivalentTo(["a.o!caller", "b.o!second"]));
        Assert.That(Directory.Exists(directory.At("obj/ipa/archives")) && Directory.GetDirectories(directory.At("obj/ipa/archives")).Length > 0, Is.False, "no item names it any more");

        Ask(directory, "tree.tgz", out _);
        directory.MustRun(TaskDirectory.Clean());
        Assert.That(directory.Files(), Has.None.StartsWith("obj/"));
        Assert.That(directory.Exists("tree.tgz"));
    }

    [Test]
    public void What_is_refused_makes_the_manifest_incomplete_in_each_build()
    {
        Tools.Require("gcc");
        using var directory = new TaskDirectory();
        Fill(directory);
        File.CreateSymbolicLink(directory.At("tree/source"), "/etc");
        Pack(directory);
        for (var build = 0; build < 2; build++)
        {
            Ask(directory, "tree.tgz", out var codes);
            Assert.That(codes.Single(), Does.Contain("IPA2019").And.Contain("'./source'").Or.Contain("'source'"));
            Assert.That(File.ReadAllText(directory.At(TaskDirectory.Manifest)), Does.Contain("\"complete\": false"));
        }
    }

    [Test]
    public void A_file_that_is_no_archive_is_an_error()
    {
        using var directory = new TaskDirectory();
        directory.Write("tree.tgz", "nonsense");
        var (succeeded, log) = directory.Run(TaskDirectory.Collect(new TaskItem("tree.tgz")));
        Assert.That(succeeded, Is.False);
        Assert.That(log.Coded.Single(), Does.Contain("IPA1027"));
    }

    private static void Fill(TaskDirectory directory)
    {
        directory.Write("a.c", "static inline int small(int x) { return x + 1; }\nint caller(int x) { return small(x); }\n");
        directory.Gcc("a.c", "tree/a.o");
    }

    private static void Pack(TaskDirectory directory)
    {
        using var gzip = new GZipStream(File.Create(directory.At("tree.tgz")), CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(directory.At("tree"), gzip, includeBaseDirectory: false);
    }

    private static string[] Ask(TaskDirectory directory, string tree, out string[] codes)
    {
        var (succeeded, log) = directory.Run(TaskDirectory.Collect(new TaskItem(tree)));
        codes = [.. log.Coded];
        Assert.That(succeeded, string.Join('\n', codes));
        var function = new TaskItem("small");
        function.SetMetadata("AllMatches", "true");
        return [.. directory.MustRun(TaskDirectory.Analyze(function)).AffectedFunctions.Select(i => i.ItemSpec)];
    }
}
