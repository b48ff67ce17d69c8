using IpaAnalysis.Files;

namespace IpaAnalysis.Summaries;

/// <summary>The summaries of all units in the order of their objects' names, each loaded when it is asked for. Safe for several threads.</summary>
internal interface ISummarySource
{
    /// <summary>The number of units.</summary>
    int Count { get; }

    /// <summary>What is known of a unit without loading it.</summary>
    UnitFacts FactsOf(int unit);

    /// <summary>What is equal for equal summaries, and for others is not; null when none is known.</summary>
    Digest128? KeyOf(int unit) => null;

    /// <summary>The whole summary of a unit.</summary>
    ObjectSummary Load(int unit);

    /// <summary>
    /// The units, ascending, that hold the body of a function with this symbol or source-level name; units that hold none may
    /// be among them.
    /// </summary>
    /// <param name="name">The name in UTF-8.</param>
    IReadOnlyList<int> UnitsNaming(ReadOnlySpan<byte> name);
}
