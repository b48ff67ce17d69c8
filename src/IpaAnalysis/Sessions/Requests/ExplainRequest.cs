using System.Collections.Immutable;
using IpaAnalysis.Collection;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Sessions.Requests;

/// <summary>What is to be explained, and where the text goes.</summary>
internal sealed record ExplainRequest
{
    /// <summary>What collecting saw of the files in this build; null when that is read from the disk.</summary>
    public CollectionMemory? Memory { get; init; }

    /// <summary>The functions.</summary>
    public ImmutableArray<FunctionQuery> Functions { get; init; } = [];

    /// <summary>Whether compilers are asked, too.</summary>
    public bool AsksCompilers { get; init; }

    /// <summary>The compiler that is asked where an object names none.</summary>
    public string Compiler { get; init; } = "";

    /// <summary>Absolute path of the text.</summary>
    public required string ExplainFile { get; init; }
}
