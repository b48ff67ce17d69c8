using IpaAnalysis.Building.Sources;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Sessions.Requests;

/// <summary>Whose units are to be collected.</summary>
internal sealed record CollectRequest
{
    /// <summary>The last root that source paths may be relative to, absolute.</summary>
    public required string SourceRoot { get; init; }

    /// <summary>What the package compiled itself.</summary>
    public IReadOnlyList<CompiledSource> Compiled { get; init; } = [];

    /// <summary>Kernel modules and trees that the package built, each with the name that messages call it by.</summary>
    public IReadOnlyList<(string Name, TreeOptions Options)> Built { get; init; } = [];

    /// <summary>Trees that something else compiled.</summary>
    public IReadOnlyList<ObjectTreeInput> ObjectTrees { get; init; } = [];
}
