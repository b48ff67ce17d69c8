using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.ZStandard;

namespace IpaAnalysis.Tests.Archives;

/// <summary>Makes archives of every form, with entries that no honest program writes.</summary>
internal static class TestArchive
{
    /// <summary>The forms, by the ends of their names.</summary>
    public static readonly string[] Forms = ["tar", "tar.gz", "tar.xz", "tar.zst", "tar.bz2", "zip"];

    /// <summary>Makes an archive of plain files.</summary>
    public static string Make(TemporaryTree tree, string form, params (string Name, string Content)[] files) => form == "zip"
        ? Zip(tree, zip =>
        {
            foreach (var (name, content) in files)
            {
                Write(zip.CreateEntry(name), content);
            }
        })
        : Tar(tree, form, tar =>
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(Plain(name, content));
            }
        });

    /// <summary>Makes a zip archive.</summary>
    public static string Zip(TemporaryTree tree, Action<ZipArchive> fill)
    {
        var path = tree["a.zip"];
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        fill(zip);
        return path;
    }

    /// <summary>Makes a tar archive, compressed as the form says.</summary>
    public static string Tar(TemporaryTree tree, string form, Action<TarWriter> fill)
    {
        using var content = new MemoryStream();
        using (var tar = new TarWriter(content, TarEntryFormat.Pax, leaveOpen: true))
        {
            fill(tar);
        }

        return Compress(tree, form, content.ToArray());
    }

    /// <summary>Compresses bytes as the form of an archive says.</summary>
    public static string Compress(TemporaryTree tree, string form, byte[] content)
    {
        var path = tree[$"a.{form}"];
        switch (form)
        {
            case "tar.gz":
                using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                {
                    gzip.Write(content);
                }

                break;
            case "tar.zst":
                using (var zstandard = new CompressionStream(File.Create(path), 3, 0, leaveOpen: false))
                {
                    // As the program zstd does.
                    zstandard.SetParameter(SharpCompress.Compressors.ZStandard.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
                    zstandard.Write(content);
                }

                break;
            case "tar.bz2":
                using (var bzip2 = BZip2Stream.Create(File.Create(path), SharpCompress.Compressors.CompressionMode.Compress, false, false, false))
                {
                    bzip2.Write(content);
                }

                break;
            case "tar.xz":
                File.WriteAllBytes(tree["a.tar"], content);
                tree.Run("", Tools.Require("xz"), "-f", "-k", "a.tar");
                File.Delete(tree["a.tar"]);
                break;
            default:
                File.WriteAllBytes(path, content);
                break;
        }

        return path;
    }

    /// <summary>A plain file of a tar archive.</summary>
    public static TarEntry Plain(string name, string content, TarEntryType type = TarEntryType.RegularFile) =>
        new PaxTarEntry(type, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), ModificationTime = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero) };

    /// <summary>Writes the content of an entry of a zip archive.</summary>
    public static void Write(ZipArchiveEntry entry, string content)
    {
        entry.LastWriteTime = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
