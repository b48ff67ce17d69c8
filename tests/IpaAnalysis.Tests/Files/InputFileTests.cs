using System.Runtime.Versioning;
using System.Text;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

using Thing = IpaAnalysis.Tests.Files.SpecialFiles.Thing;

namespace IpaAnalysis.Tests.Files;

/// <summary>What files from outside are, is known before they are opened.</summary>
[SupportedOSPlatform("linux")]
internal sealed class InputFileTests
{
    private static IEnumerable<FileRole> Roles => Enum.GetValues<FileRole>();

    [Test]
    public void Content_is_read_as_bytes_text_lines_and_stream()
    {
        using var tree = new TemporaryTree();
        var path = tree.Write("größe ä.txt", "first\nsécond\nlast");
        using var stream = InputFile.OpenStream(path, FileRole.BuildText);
        using var reader = new StreamReader(stream);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(InputFile.ReadAllBytes(path, FileRole.State), Is.EqualTo(File.ReadAllBytes(path)));
            Assert.That(InputFile.ReadAllText(path, FileRole.BuildText), Is.EqualTo("first\nsécond\nlast"));
            Assert.That(InputFile.ReadLines(path, FileRole.BuildText), Is.EqualTo(["first", "sécond", "last"]));
            Assert.That(reader.ReadToEnd(), Is.EqualTo("first\nsécond\nlast"));
        }
    }

    [Test]
    public void A_mark_of_the_byte_order_is_no_text()
    {
        using var tree = new TemporaryTree();
        File.WriteAllText(tree["f"], "ä", Encoding.UTF8);
        Assert.That(InputFile.ReadAllText(tree["f"], FileRole.BuildText), Is.EqualTo("ä"));
    }

    [TestCaseSource(nameof(Roles))]
    [CancelAfter(10_000)]
    public void What_is_no_regular_file_is_refused_in_every_role(FileRole role)
    {
        using var tree = new TemporaryTree();
        var path = tree["file"];
        (Thing Thing, FileKind Kind, string Cause)[] cases =
        [
            (Thing.Fifo, FileKind.Fifo, "it is a FIFO"),
            (Thing.Device, FileKind.CharacterDevice, "it is a device"),
            (Thing.Socket, FileKind.Socket, "it is a socket"),
            (Thing.Directory, FileKind.Directory, "it is a directory"),
        ];
        foreach (var (thing, kind, cause) in cases)
        {
            SpecialFiles.Put(thing, path, role);
            var refused = Assert.Throws<FileRefusedException>(() => InputFile.Open(path, role).Dispose())!;
            Assert.That((refused.Kind, FileProblem.Describe(refused)), Is.EqualTo((kind, cause)));
            Assert.That((InputFile.IsRegular(path), InputFile.KindOf(path)), Is.EqualTo((false, (FileKind?)kind)));
        }
    }

    [TestCaseSource(nameof(Roles))]
    public void A_file_without_end_takes_no_memory(FileRole role)
    {
        using var tree = new TemporaryTree();
        SpecialFiles.Put(Thing.TooLarge, tree["file"], role);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<FileRefusedException>(() => InputFile.ReadAllBytes(tree["file"], role))!;
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
        Assert.That(FileProblem.Describe(refused), Is.EqualTo($"it is larger than {FileBounds.Of(role).ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} bytes"));
    }

    [Test]
    public void Every_role_has_a_bound() => Assert.That(Roles.Select(FileBounds.Of), Has.All.GreaterThanOrEqualTo(1 << 20));

    [Test]
    public void What_is_not_there_and_what_nobody_can_follow()
    {
        using var tree = new TemporaryTree();
        var file = tree.Write("file");
        SpecialFiles.Put(Thing.LinkLoop, tree["loop"], FileRole.State);
        foreach (var path in (string[])[file + "x", file + "/x", file + "\0x", ""])
        {
            Assert.That(() => InputFile.Open(path, FileRole.State), Throws.InstanceOf<FileNotFoundException>(), path);
            Assert.That(InputFile.KindOf(path), Is.Null);
        }

        Assert.That(() => InputFile.Open(tree["loop"], FileRole.State), Throws.InstanceOf<IOException>());
        Assert.That(() => InputFile.Open(file + new string('x', 5000), FileRole.State), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void What_may_not_be_read()
    {
        using var tree = new TemporaryTree();
        File.SetUnixFileMode(tree.Path, (UnixFileMode)0x1ED);
        var path = tree.Write("file", "text");
        Assert.That(SpecialFiles.AsNobody(() => InputFile.ReadAllText(path, FileRole.Source)), Is.EqualTo("text"));
        File.SetUnixFileMode(path, UnixFileMode.None);
        var refused = Assert.Throws<UnauthorizedAccessException>(() => SpecialFiles.AsNobody(() => InputFile.ReadAllText(path, FileRole.Source)))!;
        Assert.That(FileProblem.Describe(refused), Is.EqualTo("permission is missing"));
    }

    [Test]
    public void What_grows_or_shrinks_while_it_is_read()
    {
        using var tree = new TemporaryTree();
        var path = tree.Write("file", "12345");
        using (var file = InputFile.Open(path, FileRole.State))
        {
            File.AppendAllText(path, "678");
            var buffer = new byte[100];
            Assert.That((file.Length, file.ReadFully(0, buffer), file.Read(5, buffer)), Is.EqualTo((5L, 5, 0)));
            File.WriteAllText(path, "12");
            Assert.That(file.ReadFully(0, buffer), Is.EqualTo(2));
        }
    }

    [Test]
    public void A_file_that_says_no_length_is_read_only_where_that_is_expected()
    {
        Assert.That(InputFile.ReadAllText("/proc/self/maps", FileRole.KernelText), Has.Length.GreaterThan(1000));
        Assert.That(InputFile.ReadAllBytes("/proc/self/maps", FileRole.BuildText), Is.Empty);
    }

    [Test]
    [CancelAfter(10_000)]
    public void Without_statx_a_pipe_is_refused_and_nothing_is_read_of_a_device()
    {
        using var tree = new TemporaryTree();
        SpecialFiles.Put(Thing.Fifo, tree["fifo"], FileRole.State);
        using var fifo = NativeFile.Open(tree["fifo"], Encoding.UTF8.GetBytes(tree["fifo"] + "\0"));
        Assert.That(() => InputFile.LengthOf(tree["fifo"], fifo, out _), Throws.InstanceOf<FileRefusedException>());
        using var zero = NativeFile.Open("/dev/zero", "/dev/zero\0"u8);
        Assert.That(InputFile.LengthOf("/dev/zero", zero, out _), Is.Zero);
        var path = tree.Write("file", "12345");
        using var file = NativeFile.OpenPortably(path);
        Assert.That(InputFile.LengthOf(path, file, out var kind), Is.EqualTo(5));
        Assert.That(kind, Is.EqualTo(FileKind.Regular));
    }
}
