using System.Diagnostics;
using System.Text;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Tests.Files;

internal sealed class FileIdentityTests
{
    [Test]
    public void Tells_what_stat_tells()
    {
        using var tree = new TemporaryTree();
        var file = tree.Write("a/größe.o", "12345");
        Assert.That(FileIdentity.TryGet(file, out var identity), Is.True);
        Assert.That(
            FormattableString.Invariant($"{identity.Length} {identity.Inode} {identity.ModifiedNanoseconds / 1_000_000_000} {identity.ChangedNanoseconds / 1_000_000_000}"),
            Is.EqualTo(Stat("%s %i %Y %Z", file)));
        Assert.That(identity.Device, Is.Not.Zero);
    }

    [Test]
    public void Follows_links_and_knows_directories()
    {
        using var tree = new TemporaryTree();
        var file = tree.Write("a/b.o", "12345");
        var link = tree["link.o"];
        File.CreateSymbolicLink(link, file);
        Assert.That(Get(link), Is.EqualTo(Get(file)));
        Assert.That(Get(tree["a"]).Inode, Is.Not.Zero);
    }

    [Test]
    public void Says_when_nothing_is_there()
    {
        using var tree = new TemporaryTree();
        var file = tree.Write("b.o", "12345");
        Assert.That(FileIdentity.TryGet(file + "x", out _), Is.False);
        Assert.That(FileIdentity.TryGet(file + "/x", out _), Is.False);
        Assert.That(FileIdentity.TryGet(file + "\0x", out _), Is.False);
        Assert.That(FileIdentity.TryGet(file + new string('x', 5000), out _), Is.False);
        Assert.That(FileIdentity.TryGetPortably(file + "x", out _, out _), Is.False);
        File.CreateSymbolicLink(file + ".gone", file + "x");
        Assert.That(FileIdentity.TryGet(file + ".gone", out _), Is.False);
        Assert.That(FileIdentity.TryGetPortably(file + ".gone", out _, out _), Is.False);
    }

    [Test]
    public void Notices_equal_size_and_time()
    {
        using var tree = new TemporaryTree();
        var file = tree.Write("b.o", "12345");
        var time = new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, time);
        var before = Get(file);
        File.WriteAllText(file + ".new", "54321");
        File.SetLastWriteTimeUtc(file + ".new", time);
        File.Move(file + ".new", file, overwrite: true);
        var after = Get(file);
        Assert.That((after.Length, after.ModifiedNanoseconds), Is.EqualTo((before.Length, before.ModifiedNanoseconds)));
        Assert.That(after, Is.Not.EqualTo(before));
    }

    [Test]
    public void Portable_answer_has_size_and_time_of_the_target()
    {
        using var tree = new TemporaryTree();
        var file = tree.Write("b.o", "12345");
        var link = tree["link.o"];
        File.CreateSymbolicLink(link, "b.o");
        Assert.That(FileIdentity.TryGetPortably(link, out var portable, out _), Is.True);
        var native = Get(file);
        Assert.That(portable.Length, Is.EqualTo(5));
        Assert.That(portable.ModifiedNanoseconds, Is.EqualTo(native.ModifiedNanoseconds / 100 * 100));
    }

    [Test]
    public void A_long_path_is_as_good_as_a_short_one()
    {
        using var tree = new TemporaryTree();
        var name = string.Join('/', Enumerable.Repeat("directory-with-a-long-name-ä", 40)) + "/x.o";
        var file = tree.Write(name, "1");
        Assert.That(Get(file).Length, Is.EqualTo(1));
    }

    [TestCase(5_000_000_001, 5_040_000_000, ExpectedResult = false)]
    [TestCase(5_000_000_001, 5_200_000_000, ExpectedResult = true)]
    [TestCase(5_000_000_000, 6_900_000_000, ExpectedResult = false, Description = "whole seconds only")]
    [TestCase(5_000_000_000, 7_100_000_000, ExpectedResult = true)]
    [TestCase(9_000_000_001, 5_000_000_000, ExpectedResult = false, Description = "clock set back")]
    public bool A_fresh_change_may_hide_the_next(long changed, long observed) =>
        new FileIdentity(1, 1, changed, 1, 1).IsSettledAt(observed);

    private static FileIdentity Get(string path)
    {
        Assert.That(FileIdentity.TryGet(path, out var identity), Is.True);
        return identity;
    }

    private static string Stat(string format, string file)
    {
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", format, file]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
