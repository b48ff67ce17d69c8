using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Tests.Files;

/// <summary>Files one after the other in the same memory.</summary>
internal sealed class FileBufferTests
{
    [Test]
    public void Each_file_is_read_whole()
    {
        using var tree = new TemporaryTree();
        var buffer = new FileBuffer();
        foreach (var length in (int[])[0, 1, 100_000, 65_536, 65_535, 3, 400_000])
        {
            var content = new byte[length];
            new Random(length).NextBytes(content);
            File.WriteAllBytes(tree["file"], content);
            Assert.That(buffer.Read(tree["file"], FileRole.CompilerRecord).ToArray(), Is.EqualTo(content));
        }
    }

    [Test]
    public void A_file_that_does_not_tell_its_length()
    {
        Assert.That(new FileInfo("/proc/self/maps").Length, Is.Zero);
        Assert.That(new FileBuffer().Read("/proc/self/maps", FileRole.KernelText).Length, Is.GreaterThan(1000));
    }

    [Test]
    public void A_missing_file_and_a_directory()
    {
        using var tree = new TemporaryTree();
        Assert.Throws<FileNotFoundException>(() => new FileBuffer().Read(tree["missing"], FileRole.CompilerRecord));
        Assert.That(
            () => new FileBuffer().Read(tree.Path, FileRole.CompilerRecord).Length,
            Throws.InstanceOf<FileRefusedException>().With.Property(nameof(FileRefusedException.Kind)).EqualTo(FileKind.Directory));
    }
}
