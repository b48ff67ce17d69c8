namespace IpaAnalysis.Benchmarks.Report;

/// <summary>The rows' names, for the table and for <c>--rows</c>.</summary>
internal static class Rows
{
    public const string ReadBytes = "read";
    public const string Cat = "cat";
    public const string Peer = "peer";
    public const string Cold = "cold";
    public const string ColdIndex = "cold-index";
    public const string ColdStored = "cold-stored";
    public const string AllWritten = "all";
    public const string Memory = "memory";
    public const string Phases = "phases";
    public const string FirstBuild = "first-build";
    public const string NoChange = "no-change";
    public const string DumpChanged = "dump";
    public const string FunctionAdded = "function";
    public const string IndexDumpChanged = "index-dump";
    public const string Explain = "explain";

    /// <summary>Whole runs of <c>dotnet build</c>; <see cref="FirstBuild"/> comes with any of them.</summary>
    public static readonly string[] Builds = [NoChange, DumpChanged, FunctionAdded, IndexDumpChanged, Explain];

    /// <summary>All that can be asked for.</summary>
    public static readonly string[] All = [ReadBytes, Cat, Peer, Cold, ColdIndex, ColdStored, AllWritten, Memory, Phases, .. Builds];

    /// <summary>What a row measures.</summary>
    public static string Describe(string row) => row switch
    {
        ReadBytes => "reading all bytes once, C#",
        Cat => "`cat \\| wc -c`",
        Peer => "the peer of `IPA_PEER`, dumps only",
        Cold => "cold",
        ColdIndex => "cold, scope `index`",
        ColdStored => "cold, store and manifest written",
        AllWritten => "scope `all`, written",
        Memory => "peak memory, cold in a process of its own",
        FirstBuild => "build, the first one",
        NoChange => "build, no change",
        DumpChanged => "build, one dump changed",
        FunctionAdded => "build, one patched function added",
        IndexDumpChanged => "build, scope `index`, one dump changed",
        Explain => "explain one function, after a build",
        _ => row,
    };
}
