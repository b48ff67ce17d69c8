using IpaAnalysis.Files.State;

namespace IpaAnalysis.Tests.Summaries.Store;

/// <summary>A store that is not as it was written is never trusted and never fatal.</summary>
internal sealed class StoreDamageTests
{
    private StoreTree _tree = null!;
    private string[] _clean = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new StoreTree().Add(new UnitText("a.o").Inline("f1", "f2").Static("f1").Global("f2").Call("f2", "f3"))
            .Add(new UnitText("b.o").Clone("f1", "f1.constprop.0", "constprop").Static("f1.constprop.0").Global("f4").Call("f4", "f1.constprop.0"));
        _tree.Update();
        _clean = _tree.Clean();
    }

    [TearDown]
    public void TearDown() => _tree.Dispose();

    [Test]
    public void Every_byte_of_either_file_damaged([Values] bool index)
    {
        var path = index ? _tree.IndexFile : _tree.DataFile;
        var content = File.ReadAllBytes(path);
        for (var offset = 0; offset < content.Length; offset++)
        {
            var damaged = content.ToArray();
            damaged[offset] ^= (byte)(1 << (offset % 8));
            MustSurvive(path, damaged, $"a bit of byte {offset} of {content.Length}");
        }
    }

    [Test]
    public void Every_length_of_either_file([Values] bool index)
    {
        var path = index ? _tree.IndexFile : _tree.DataFile;
        var content = File.ReadAllBytes(path);
        for (var length = 0; length < content.Length; length++)
        {
            MustSurvive(path, content[..length], $"{length} of {content.Length} bytes");
        }

        MustSurvive(path, [.. content, 0], "a byte more");
        MustSurvive(path, new byte[content.Length], "zeros");
    }

    [Test]
    public void Either_file_missing_or_of_another_store([Values] bool index)
    {
        using var other = new StoreTree().Add(RandomUnit.Of(7, "a.o")).Add(RandomUnit.Of(8, "b.o"));
        other.Update();
        var files = _tree.StoreFiles.ToDictionary(f => f, File.ReadAllBytes);
        File.Delete(index ? _tree.IndexFile : _tree.DataFile);
        MustAnswer("missing");
        Restore(files);
        File.Copy(index ? other.IndexFile : other.DataFile, index ? _tree.IndexFile : _tree.DataFile, overwrite: true);
        MustAnswer("foreign");
    }

    [Test]
    public void An_index_of_another_version()
    {
        StateFile.Write(_tree.IndexFile, "IPASTORE", 4711, w => w.Write("another layout"));
        MustAnswer("another format");
        StateFile.Write(_tree.IndexFile, "IPASTORE", BitConverter.IsLittleEndian ? 1 : -1, w => w.Write("the same version, another content"));
        MustAnswer("a valid checksum of something else");
    }

    [Test]
    public void An_index_of_another_build_of_the_library()
    {
        var reader = StateFile.TryRead(_tree.IndexFile, "IPASTORE", BitConverter.IsLittleEndian ? 1 : -1)!;
        var payload = reader.ReadBytes(reader.Remaining);
        payload[0] ^= 1;
        StateFile.Write(_tree.IndexFile, "IPASTORE", BitConverter.IsLittleEndian ? 1 : -1, w => w.Write(payload));

        Assert.That(_tree.Update(), Is.EqualTo(["a.o New!", "b.o New!"]));
        MustAnswer("another build");
    }

    [Test]
    public void Damage_is_healed_by_the_second_build()
    {
        var data = _tree.DataFile;
        var content = File.ReadAllBytes(data);
        content[3] ^= 1;
        File.WriteAllBytes(data, content);
        _tree.MustAnswerAsClean();
        Assert.That(_tree.Update(), Has.Length.EqualTo(1), "the damaged one is read again");
        Assert.That(_tree.Update(), Is.Empty);
        using var store = _tree.Open();
        Assert.That(_tree.Manifests(store), Is.EqualTo(_clean));
    }

    [Test]
    public void A_store_that_cannot_be_written_is_one_warning()
    {
        File.Delete(_tree.IndexFile);
        Directory.CreateDirectory(Path.Combine(_tree.IndexFile, "in the way"));
        var before = _tree.StoreFiles;
        for (var i = 0; i < 2; i++)
        {
            using var store = _tree.Open();
            Assert.That(store.Problem?.Code, Is.EqualTo("IPA9003"));
            Assert.That(store.Reads, Has.Length.EqualTo(2));
            Assert.That(_tree.Manifests(store), Is.EqualTo(_clean));
        }

        Assert.That(_tree.StoreFiles, Is.EqualTo(before), "nothing is left behind");
    }

    [Test]
    public void A_directory_that_cannot_be_made_is_one_warning()
    {
        Directory.Delete(_tree.StoreDirectory, recursive: true);
        File.WriteAllText(_tree.StoreDirectory, "in the way");
        using var store = _tree.Open();
        Assert.That(store.Problem?.Code, Is.EqualTo("IPA9003"));
        Assert.That(_tree.Manifests(store), Is.EqualTo(_clean));
    }

    [Test]
    public void What_a_killed_build_left_is_removed_but_not_what_another_build_uses()
    {
        var leftover = Path.Combine(_tree.StoreDirectory, "summaries-0123.state");
        var inUse = Path.Combine(_tree.StoreDirectory, "summaries-4567.state");
        File.WriteAllText(leftover, "half");
        using (File.Open(inUse, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            _tree.Add(RandomUnit.Of(3, "c.o"));
            _tree.Update();
            Assert.That(File.Exists(leftover), Is.False);
            Assert.That(File.Exists(inUse));
        }

        _tree.MustAnswerAsClean();
    }

    private void MustSurvive(string path, byte[] damaged, string what)
    {
        var files = _tree.StoreFiles.ToDictionary(f => f, File.ReadAllBytes);
        File.WriteAllBytes(path, damaged);
        MustAnswer(what);
        Restore(files);
    }

    private void Restore(Dictionary<string, byte[]> files)
    {
        foreach (var file in _tree.StoreFiles)
        {
            File.Delete(file);
        }

        foreach (var (file, content) in files)
        {
            File.WriteAllBytes(file, content);
        }
    }

    private void MustAnswer(string what)
    {
        using (var store = _tree.Open())
        {
            Assert.That(_tree.Manifests(store), Is.EqualTo(_clean), what);
        }

        using (var store = _tree.Open())
        {
            Assert.That(_tree.Manifests(store), Is.EqualTo(_clean), $"{what}, and a build after it");
        }
    }
}
