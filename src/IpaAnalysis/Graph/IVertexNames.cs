namespace IpaAnalysis.Graph;

/// <summary>What vertices and source functions are called: all that the written forms need of a graph. Safe for several threads.</summary>
internal interface IVertexNames
{
    /// <summary>The number of objects.</summary>
    int UnitCount { get; }

    /// <summary>The object that a vertex is in.</summary>
    int UnitOf(int vertex);

    /// <summary>The name of an object.</summary>
    string ObjectOf(int unit);

    /// <summary>The symbol of a vertex in UTF-8.</summary>
    ReadOnlySpan<byte> Utf8SymbolOf(int vertex);

    /// <summary>Whether a vertex has code of its own; null when its object has no symbol table.</summary>
    bool? IsEmitted(int vertex);

    /// <summary>The source function that a vertex is, or was made from.</summary>
    int SourceFunctionOf(int vertex);

    /// <summary>What is known of a source function.</summary>
    SourceFunctionWords WordsOf(int sourceFunction);
}
