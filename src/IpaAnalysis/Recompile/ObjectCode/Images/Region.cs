namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>A range of the made object and one of the shipped, equally long, that are to be the same.</summary>
/// <param name="Recompiled">The section of the made object.</param>
/// <param name="RecompiledStart">Where the range starts in it.</param>
/// <param name="Shipped">The section of the shipped object.</param>
/// <param name="ShippedStart">Where the range starts in it.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Name">What the range is, in words.</param>
internal readonly record struct Region(ImageSection Recompiled, ulong RecompiledStart, ImageSection Shipped, ulong ShippedStart, ulong Length, string Name)
{
    /// <summary>The offset behind the range in the made object's section.</summary>
    public ulong RecompiledEnd => RecompiledStart + Length;

    /// <summary>The offset behind the range in the shipped object's section.</summary>
    public ulong ShippedEnd => ShippedStart + Length;

    /// <summary>The made object's bytes; none where neither has any in its file.</summary>
    public ReadOnlySpan<byte> RecompiledBytes => IsEmpty ? default : Recompiled.Bytes.Span.Slice((int)RecompiledStart, (int)Length);

    /// <summary>The shipped object's bytes; none where neither has any in its file.</summary>
    public ReadOnlySpan<byte> ShippedBytes => IsEmpty ? default : Shipped.Bytes.Span.Slice((int)ShippedStart, (int)Length);

    /// <summary>Whether both ranges lie within their sections.</summary>
    public bool IsValid =>
        Length <= Recompiled.Header.Size && RecompiledStart <= Recompiled.Header.Size - Length
        && Length <= Shipped.Header.Size && ShippedStart <= Shipped.Header.Size - Length;

    private bool IsEmpty => Recompiled.Header.IsEmptyInFile;
}
