using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Tests.Dumps.Elf;

internal sealed class ByteSourceTests
{
    [TestCase(0)]
    [TestCase(1000)]
    [TestCase(65536)]
    [TestCase(65537)]
    [TestCase(300_000)]
    public void A_file_and_memory_give_the_same_bytes(int length)
    {
        using var lab = new ObjectLab();
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        File.WriteAllBytes(lab.PathOf("x"), bytes);
        var diagnostics = new DiagnosticBag();
        using var file = ByteSource.Open(lab.PathOf("x"), diagnostics)!;
        using var memory = ByteSource.FromMemory(bytes);
        Assert.That(diagnostics, Is.Empty);
        foreach (var source in new[] { file, memory })
        {
            Assert.That(source.Length, Is.EqualTo(length));
            Assert.That(source.TryGet(length / 3, length / 2, out var part), Is.True);
            Assert.That(part.ToArray(), Is.EqualTo(bytes.AsSpan(length / 3, length / 2).ToArray()));
            var copy = new byte[length / 2];
            Assert.That(source.TryRead(length / 3, copy), Is.True);
            Assert.That(copy, Is.EqualTo(part.ToArray()));
        }
    }

    [TestCase(0, 11)]
    [TestCase(10, 1)]
    [TestCase(11, 0)]
    [TestCase(-1, 1)]
    [TestCase(5, -1)]
    [TestCase(long.MaxValue, 1)]
    [TestCase(1, long.MaxValue)]
    public void A_range_that_is_not_there_is_refused(long offset, long length)
    {
        using var source = ByteSource.FromMemory(new byte[10]);
        Assert.That(source.TryGet(offset, length, out _), Is.False);
    }

    [Test]
    public void A_file_that_became_shorter_is_refused()
    {
        using var lab = new ObjectLab();
        var path = lab.PathOf("x");
        File.WriteAllBytes(path, new byte[200_000]);
        using var source = ByteSource.Open(path, new DiagnosticBag())!;
        lab.Run("truncate", "-s", "100000", path);
        Assert.That(source.TryGet(90_000, 20_000, out _), Is.False);
        Assert.That(source.TryGet(90_000, 10_000, out _), Is.True);
    }

    [TestCase("missing", "does not exist")]
    [TestCase("", "is a directory")]
    public void What_cannot_be_opened_is_reported_without_its_path_in_the_text(string name, string cause)
    {
        using var lab = new ObjectLab();
        var diagnostics = new DiagnosticBag();
        Assert.That(ByteSource.Open(lab.PathOf(name), diagnostics), Is.Null);
        var diagnostic = diagnostics.Single();
        Assert.That(diagnostic.Code, Is.EqualTo("IPA3004"));
        Assert.That(diagnostic.File, Is.EqualTo(lab.PathOf(name)));
        Assert.That(diagnostic.Message, Does.Contain(cause).And.Not.Contain(Path.GetTempPath()));
    }
}
