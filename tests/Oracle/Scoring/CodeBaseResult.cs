using System.Collections.Immutable;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Truth;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Scoring;

/// <summary>Everything measured on a code base.</summary>
internal sealed record CodeBaseResult
{
    public required string Name { get; init; }

    /// <summary>How many units it has.</summary>
    public required int AllUnits { get; init; }

    /// <summary>The units that were taken and compile.</summary>
    public required IReadOnlyList<PreparedUnit> Units { get; init; }

    /// <summary>How many functions those units have.</summary>
    public required int AllFunctions { get; init; }

    /// <summary>Functions that were taken but cannot be hidden, as they must be inlined.</summary>
    public required int NotCompiled { get; init; }

    /// <summary>The truth of each function that was taken.</summary>
    public required IReadOnlyList<FunctionTruth> Truths { get; init; }

    /// <summary>For each unit in which unrelated code makes a difference, what differs.</summary>
    public required ImmutableArray<(PreparedUnit Unit, ImmutableArray<CodeDifference> Differences)> NullDifferences { get; init; }

    /// <summary>The predictors.</summary>
    public required ImmutableArray<PredictorResult> Predictors { get; init; }

    /// <summary>Callees and variables that were judged.</summary>
    public required ImmutableArray<OpenedResult> Opened { get; init; }
}
