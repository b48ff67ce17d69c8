using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Files;

namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>A range of the made object and one of the shipped, equally long, that are to be the same.</summary>
/// <param name="Made">The section of the made object.</param>
/// <param name="MadeStart">Where the range starts in it.</param>
/// <param name="Shipped">The section of the shipped object.</param>
/// <param name="ShippedStart">Where the range starts in it.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Name">What the range is, in words.</param>
internal readonly record struct Region(ImageSection Made, ulong MadeStart, ImageSection Shipped, ulong ShippedStart, ulong Length, string Name)
{
    /// <summary>The offset behind the range in the made object's section.</summary>
    public ulong MadeEnd => MadeStart + Length;

    /// <summary>The offset behind the range in the shipped object's section.</summary>
    public ulong ShippedEnd => ShippedStart + Length;

    /// <summary>The made object's bytes; none where neither has any in its file.</summary>
    public ReadOnlySpan<byte> MadeBytes => IsEmpty ? default : Made.Bytes.Span.Slice((int)MadeStart, (int)Length);

    /// <summary>The shipped object's bytes; none where neither has any in its file.</summary>
    public ReadOnlySpan<byte> ShippedBytes => IsEmpty ? default : Shipped.Bytes.Span.Slice((int)ShippedStart, (int)Length);

    /// <summary>Whether both ranges lie within their sections.</summary>
    public bool IsValid =>
        Length <= Made.Header.Size && MadeStart <= Made.Header.Size - Length
        && Length <= Shipped.Header.Size && ShippedStart <= Shipped.Header.Size - Length;

    private bool IsEmpty => Made.Header.IsEmptyInFile;
}
