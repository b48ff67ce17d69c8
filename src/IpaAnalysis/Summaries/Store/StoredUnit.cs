using IpaAnalysis.Files;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries.Store;

/// <summary>What the store's index says of one unit.</summary>
internal sealed record StoredUnit
{
    /// <summary>The files that were read.</summary>
    public required UnitStamp Stamp { get; init; }

    /// <summary>Of the encoded summary.</summary>
    public required Digest128 Key { get; init; }

    /// <summary>Where the encoded summary is; null when it is in no file and the unit must be read for it.</summary>
    public required BlobFile? File { get; init; }

    /// <summary>Where it starts in <see cref="File"/>.</summary>
    public required long Offset { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>What is known without loading it.</summary>
    public required UnitFacts Facts { get; init; }

    /// <summary>Hashes of its functions' names (see <see cref="NameIndex"/>).</summary>
    public required NameHashes Names { get; init; }
}
