namespace IpaAnalysis.Diagnostics;

/// <summary>What takes long on a large program.</summary>
internal enum WorkPhase
{
    /// <summary>make compiles; counted are the objects that it finished.</summary>
    MakingObjects,

    /// <summary>The package compiles; counted are C sources.</summary>
    CompilingSources,

    /// <summary>Dumps, call graphs and symbols are read; counted are units.</summary>
    ReadingUnits,

    /// <summary>It is found out what depends on the functions of a unit; counted are units.</summary>
    AnalyzingUnits,

    /// <summary>Compilers are asked what depends on patched functions; counted are the units that have one.</summary>
    AskingCompilers,

    /// <summary>The manifest of scope <c>all</c> is written; counted are patched functions.</summary>
    WritingFunctions,
}
