using System.Collections.Immutable;
using IpaAnalysis.Oracle.Objects;

namespace IpaAnalysis.Oracle.Units;

/// <summary>A unit with its preprocessed text, its baseline and the files that the library reads.</summary>
internal sealed record PreparedUnit
{
    public required SourceUnit Source { get; init; }

    /// <summary>The absolute directory that holds the files made for it.</summary>
    public required string Directory { get; init; }

    /// <summary>The preprocessed text.</summary>
    public required byte[] Text { get; init; }

    /// <summary>The code without any change.</summary>
    public required ObjectCode Baseline { get; init; }

    /// <summary>The functions that can have dependants: with code, or with a place in the clone dump.</summary>
    public required ImmutableArray<DefinedFunction> Functions { get; init; }

    /// <summary>The object compiled by the unit's own command with what the library asks for; the dumps lie beside it.</summary>
    public required string ObjectPath { get; init; }

    /// <summary>The file beside the object with this ending; null when the compiler made none.</summary>
    public string? Beside(string pattern) => System.IO.Directory.EnumerateFiles(Directory, pattern).Order(StringComparer.Ordinal).FirstOrDefault();
}
