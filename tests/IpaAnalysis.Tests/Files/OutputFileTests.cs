using IpaAnalysis.Files;

namespace IpaAnalysis.Tests.Files;

internal sealed class OutputFileTests
{
    [Test]
    public void An_equal_file_keeps_its_time_and_a_new_one_takes_its_place()
    {
        using var tree = new TemporaryTree();
        var path = tree["new/deep/out.json"];
        var old = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        Assert.That(OutputFile.Write(path, [.. "content"u8]), Is.True);
        File.SetLastWriteTimeUtc(path, old);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(OutputFile.Write(path, [.. "content"u8]), Is.False);
            Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(old));
            Assert.That(OutputFile.Write(path, [.. "CONTENT"u8]), Is.True, "the same length");
            Assert.That(File.ReadAllText(path), Is.EqualTo("CONTENT"));
            Assert.That(File.GetLastWriteTimeUtc(path), Is.Not.EqualTo(old));
            Assert.That(OutputFile.Write(path, []), Is.True);
            Assert.That(OutputFile.Write(path, []), Is.False);
            Assert.That(Directory.GetFileSystemEntries(tree["new/deep"]), Is.EqualTo([path]));
        }
    }

    [TestCase(1 << 16)]
    [TestCase((1 << 16) + 1)]
    [TestCase(200_000)]
    public void A_difference_is_seen_wherever_it_is(int length)
    {
        using var tree = new TemporaryTree();
        var content = new byte[length];
        OutputFile.Write(tree["f"], content);
        Assert.That(OutputFile.Write(tree["f"], content), Is.False);
        content[^1] = 1;
        Assert.That(OutputFile.Write(tree["f"], content), Is.True);
        Assert.That(File.ReadAllBytes(tree["f"]), Is.EqualTo(content));
    }

    [Test]
    public void A_writer_that_fails_leaves_the_old_file_and_nothing_else()
    {
        using var tree = new TemporaryTree();
        OutputFile.Write(tree["f"], [1]);
        Assert.That(() => OutputFile.Write(tree["f"], stream =>
        {
            stream.WriteByte(2);
            throw new InvalidOperationException("full");
        }), Throws.InvalidOperationException);
        Assert.That(File.ReadAllBytes(tree["f"]), Is.EqualTo(new byte[] { 1 }));
        Assert.That(Directory.GetFileSystemEntries(tree.Path), Is.EqualTo([tree["f"]]));
    }

    [Test]
    public void A_directory_in_the_way_is_an_error_and_nothing_is_left()
    {
        using var tree = new TemporaryTree();
        tree.Write("f/inside");
        Assert.That(() => OutputFile.Write(tree["f"], [1]), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(Directory.GetFileSystemEntries(tree.Path), Is.EqualTo([tree["f"]]));
    }

    [Test]
    public void A_name_may_be_as_long_as_names_can_be()
    {
        using var tree = new TemporaryTree();
        var path = tree[new string('n', 255)];
        Assert.That(OutputFile.Write(path, [1]), Is.True);
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void Readers_see_one_whole_content_or_the_other()
    {
        using var tree = new TemporaryTree();
        byte[][] contents = [[.. Enumerable.Repeat((byte)1, 100_000)], [.. Enumerable.Repeat((byte)2, 50_000)]];
        OutputFile.Write(tree["f"], contents[0]);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (var i = 1; !stop.IsCancellationRequested; i++)
            {
                OutputFile.Write(tree["f"], contents[i % 2]);
            }
        });
        for (var i = 0; i < 300; i++)
        {
            var seen = File.ReadAllBytes(tree["f"]);
            Assert.That(seen.Length == 100_000 ? seen.Distinct() : [.. seen.Distinct(), (byte)seen.Length], Is.EqualTo(seen.Length == 100_000 ? [(byte)1] : new byte[] { 2, 50_000 % 256 }));
        }

        stop.Cancel();
        writer.Wait();
    }

    [Test]
    public void Deleting_says_whether_it_is_gone()
    {
        using var tree = new TemporaryTree();
        tree.Write("f");
        tree.Write("d/inside");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(OutputFile.Delete(tree["f"]), Is.True);
            Assert.That(OutputFile.Delete(tree["f"]), Is.True);
            Assert.That(OutputFile.Delete(tree["no/such"]), Is.True);
            Assert.That(OutputFile.Delete(tree["d"]), Is.False);
            Assert.That(File.Exists(tree["d/inside"]), Is.True);
        }
    }
}
