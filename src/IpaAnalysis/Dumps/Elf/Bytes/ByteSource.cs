using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Dumps.Elf.Bytes;

/// <summary>Bytes that are read in pieces, so that only what is needed of a large object comes into memory.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Opens a file. Small files are read whole at once and closed.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="diagnostics">Receives <see cref="DiagnosticCatalog.FileUnreadable"/> when the file cannot be read.</param>
    /// <returns>The file's bytes, or null after a diagnostic.</returns>
    public static ByteSource? Open(string path, DiagnosticBag diagnostics) => Open(path, diagnostics, new FileBuffer());

    /// <summary>Opens a file. Small files are read whole at once into a buffer, which must not be used before the source is done with.</summary>
    /// <inheritdoc cref="Open(string, DiagnosticBag)"/>
    internal static ByteSource? Open(string path, DiagnosticBag diagnostics, FileBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            return FileByteSource.OpenFile(path, buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            diagnostics.Add(DiagnosticCatalog.FileUnreadable.At(
                path, 0, $"The file cannot be read: {FileProblem.Describe(exception)}. Build it again or correct its permissions."));
            return null;
        }
    }

    /// <summary>Bytes that are in memory already; they are not copied.</summary>
    public static ByteSource FromMemory(ReadOnlyMemory<byte> bytes) => new MemoryByteSource(bytes);

    /// <summary>Fills a span from an offset.</summary>
    /// <returns>False when the range is not all there, or the file became shorter or unreadable meanwhile.</returns>
    public abstract bool TryRead(long offset, Span<byte> destination);

    /// <summary>
    /// Gives a range as memory that outlives this source: a view where the bytes are in memory, a copy otherwise.
    /// Nothing is allocated for a range that is not there.
    /// </summary>
    /// <returns>False as for <see cref="TryRead"/>, or when the range does not fit into an array.</returns>
    public abstract bool TryGet(long offset, long length, out ReadOnlyMemory<byte> bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether a range lies in the source; safe for any numbers.</summary>
    protected bool Holds(long offset, long length) =>
        offset >= 0 && length >= 0 && offset <= Length && length <= Length - offset;

    /// <summary>Releases the file.</summary>
    /// <param name="disposing">Whether called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
