using System.Security.Cryptography;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Archives;

/// <summary>
/// Unpacks the archive of a tree once, into a directory that is named after its content, and knows it again. What is in it is as little
/// trusted as any tree.
/// </summary>
internal sealed class TreeArchive
{
    private const string Magic = "IPATREE";
    private const int Version = 1;
    private const string State = ".state";
    private const string Unfinished = ".unpacking";
    private const int NameLength = 32;

    private TreeArchive(string? directory, IReadOnlyList<Diagnostic> diagnostics, bool isNew) =>
        (Directory, Diagnostics, IsNew) = (directory, diagnostics, isNew);

    /// <summary>Absolute path of the unpacked tree; null when there is an error among the diagnostics.</summary>
    public string? Directory { get; }

    /// <summary>What is wrong with the archive and with entries of it: the same for an archive that was unpacked earlier.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Whether it was, or for <c>-question</c> would have to be, unpacked now.</summary>
    public bool IsNew { get; }

    /// <summary>The file that lists what was unpacked; null when nothing was.</summary>
    public string? StateFile => Directory is null ? null : Directory + State;

    /// <summary>Unpacks an archive unless it was.</summary>
    /// <param name="path">Absolute path of the archive: tar, as it is or compressed by gzip, xz, zstd or bzip2, or zip.</param>
    /// <param name="directory">Absolute directory for all unpacked archives, which is ours alone.</param>
    /// <param name="bounds">How much may come.</param>
    /// <param name="onlyAsks">Whether nothing is to be unpacked.</param>
    /// <param name="cancellation">Ends the work; what is half unpacked is removed the next time.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static TreeArchive Open(string path, string directory, ArchiveBounds bounds, bool onlyAsks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(bounds);
        try
        {
            using var archive = InputFile.OpenStream(path, FileRole.Hashed);
            var place = Path.Combine(directory, HashOf(archive, cancellation)[..NameLength]);
            if (Remembered(place) is { } refused)
            {
                return new TreeArchive(place, [.. refused.Select(d => d with { File = path })], isNew: false);
            }

            return onlyAsks ? new TreeArchive(place, [], isNew: true) : Unpack(archive, path, place, bounds, cancellation);
        }
        catch (ArchiveException e)
        {
            return Failed(path, e.Message);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            return Failed(path, "it is damaged or cut off");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(path, $"it cannot be read, or not be unpacked to the intermediate directory ({FileProblem.Describe(e)})");
        }
    }

    /// <summary>Removes what was unpacked, and what was left half unpacked.</summary>
    /// <param name="directory">The directory for all unpacked archives.</param>
    /// <param name="kept">State files of the archives that stay.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public static void Remove(string directory, IReadOnlyCollection<string> kept)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(kept);
        if (!System.IO.Directory.Exists(directory) || new DirectoryInfo(directory).LinkTarget is not null)
        {
            return;
        }

        foreach (var unpacked in System.IO.Directory.GetDirectories(directory))
        {
            if (IsOurs(Path.GetFileName(unpacked)) && !kept.Contains(unpacked + State) && new DirectoryInfo(unpacked).LinkTarget is null)
            {
                System.IO.Directory.Delete(unpacked, recursive: true);
            }
        }

        foreach (var state in System.IO.Directory.GetFiles(directory, "*" + State))
        {
            if (!kept.Contains(state))
            {
                OutputFile.Delete(state);
            }
        }
    }

    private static bool IsOurs(string name) =>
        (name.EndsWith(Unfinished, StringComparison.Ordinal) ? name[..^Unfinished.Length] : name) is { Length: NameLength } hash
        && hash.All(char.IsAsciiHexDigitLower);

    private static TreeArchive Unpack(Stream archive, string path, string place, ArchiveBounds bounds, CancellationToken cancellation)
    {
        var unfinished = place + Unfinished;
        foreach (var old in (ReadOnlySpan<string>)[unfinished, place])
        {
            if (System.IO.Directory.Exists(old))
            {
                System.IO.Directory.Delete(old, recursive: true);
            }
        }

        System.IO.Directory.CreateDirectory(unfinished);
        var sink = new EntrySink(unfinished, path, bounds);
        var done = false;
        try
        {
            Unpack(archive, sink, bounds, cancellation);
            System.IO.Directory.Move(unfinished, place);
            Files.State.StateFile.Write(place + State, Magic, Version, writer =>
            {
                writer.WriteList(sink.Files, static (w, file) => w.Write(file));
                writer.WriteList(sink.Refused, static (w, d) => w.WriteDiagnostic(d));
            });
            done = true;
        }
        finally
        {
            if (!done && System.IO.Directory.Exists(unfinished))
            {
                System.IO.Directory.Delete(unfinished, recursive: true);
            }
        }

        return new TreeArchive(place, [.. sink.Refused], isNew: true);
    }

    private static void Unpack(Stream archive, EntrySink sink, ArchiveBounds bounds, CancellationToken cancellation)
    {
        archive.Position = 0;
        var start = ArchiveForm.StartOf(archive);
        var bound = Math.Min(bounds.Bytes, bounds.Allowance + (archive.Length * bounds.Ratio));
        if (ArchiveForm.IsZip(start))
        {
            ZipUnpacker.Unpack(archive, sink, bound, cancellation);
            return;
        }

        using var content = new BoundedStream(ArchiveForm.Decompress(archive, start), bound, cancellation);
        if (!ArchiveForm.IsTar(content.Peek()))
        {
            throw new ArchiveException("it is no tar archive, as it is or compressed by gzip, xz, zstd or bzip2, and no zip archive");
        }

        TarUnpacker.Unpack(content, sink);
        if (archive.Position != archive.Length)
        {
            throw new ArchiveException("something follows its end mark");
        }
    }

    /// <summary>What was refused of an archive that is unpacked already; null when it is not, or something of it is gone.</summary>
    private static List<Diagnostic>? Remembered(string place)
    {
        if (!System.IO.Directory.Exists(place)
            || Files.State.StateFile.TryRead(place + State, Magic, Version, static r => (Tuple<List<string>, List<Diagnostic>>?)Tuple.Create(
                r.ReadList(static r2 => r2.ReadPath()), r.ReadList(StateCodec.ReadDiagnostic))) is not { } state)
        {
            return null;
        }

        return state.Item1.All(file => File.Exists(Path.Combine(place, file))) ? state.Item2 : null;
    }

    private static string HashOf(Stream archive, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        while (archive.Read(buffer) is > 0 and var read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static TreeArchive Failed(string path, string cause) => new(
        null,
        [DiagnosticCatalog.ArchiveUnusable.At(path, 0, $"The archive '{Path.GetFileName(path)}' is not used: {cause}. Give the whole archive, or unpack it yourself and name the directory.")],
        isNew: false);
}
