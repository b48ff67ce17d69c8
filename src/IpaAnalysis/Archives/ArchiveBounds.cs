namespace IpaAnalysis.Archives;

/// <summary>How much an archive may unpack to: one that was made to fill a disk must not.</summary>
/// <param name="Entries">The most entries, refused ones among them. A whole kernel's build has about 100,000 files.</param>
/// <param name="Bytes">The most bytes of all files together.</param>
/// <param name="Ratio">How many times its own size an archive may have, beyond <paramref name="Allowance"/>. Clone dumps shrink to about a twentieth.</param>
/// <param name="Allowance">The bytes that any archive may unpack to.</param>
internal sealed record ArchiveBounds(int Entries, long Bytes, int Ratio, long Allowance)
{
    /// <summary>What is allowed unless something else is said.</summary>
    public static ArchiveBounds Default { get; } = new(1_000_000, 32L << 30, 200, 256L << 20);
}
