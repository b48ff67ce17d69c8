using IpaAnalysis.Files.State;

namespace IpaAnalysis.Tests.Files;

internal sealed class StateFileTests
{
    [Test]
    public void What_was_written_is_read_and_not_written_again()
    {
        using var tree = new TemporaryTree();
        Assert.That(Write(tree["s"], "grüße"), Is.True);
        Assert.That(Write(tree["s"], "grüße"), Is.False);
        var reader = StateFile.TryRead(tree["s"], "IPATEST", 3)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reader.ReadString(), Is.EqualTo("grüße"));
            Assert.That(reader.Remaining, Is.Zero, "the hash is no part of it");
        }
    }

    [Test]
    public void Another_kind_or_version_and_no_file_are_no_state()
    {
        using var tree = new TemporaryTree();
        Write(tree["s"], "x");
        tree.Write("empty");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(StateFile.TryRead(tree["s"], "IPATES", 3), Is.Null);
            Assert.That(StateFile.TryRead(tree["s"], "IPATEST", 4), Is.Null);
            Assert.That(StateFile.TryRead(tree["none"], "IPATEST", 3), Is.Null);
            Assert.That(StateFile.TryRead(tree["no/directory"], "IPATEST", 3), Is.Null);
            Assert.That(StateFile.TryRead(tree["empty"], "IPATEST", 3), Is.Null);
            Assert.That(StateFile.TryRead(tree.Path, "IPATEST", 3), Is.Null, "a directory");
        }
    }

    [Test]
    public void Every_truncation_flip_and_tail_is_seen()
    {
        using var tree = new TemporaryTree();
        Write(tree["s"], "payload");
        var whole = File.ReadAllBytes(tree["s"]);
        for (var length = 0; length < whole.Length; length++)
        {
            AssertNotRead(whole[..length], $"cut to {length}");
        }

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertNotRead(damaged, $"bit {bit}");
        }

        AssertNotRead([.. whole, 0], "longer");

        void AssertNotRead(byte[] content, string what)
        {
            File.WriteAllBytes(tree["d"], content);
            Assert.That(StateFile.TryRead(tree["d"], "IPATEST", 3), Is.Null, what);
        }
    }

    private static bool Write(string path, string text) => StateFile.Write(path, "IPATEST", 3, writer => writer.Write(text));
}
