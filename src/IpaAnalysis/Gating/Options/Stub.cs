#pragma warning disable CS1591, CA1822, CA1801, CA1062
using System.Collections.Immutable;
using IpaAnalysis.Dumps.Commands;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating.Options;

public sealed record OptionsQuery(RecordedOptions? Recorded, string? Producer, ImmutableArray<string> Compilers, ElfMachine Machine);
public sealed record ObjectOptions { public string Compiler { get; init; } = ""; public ImmutableArray<string> Enabled { get; init; } = []; public ImmutableArray<string> Existing { get; init; } = []; public string Deciding { get; init; } = ""; public string? Problem { get; init; } }
public sealed record OptionExpanderSettings { public required string DefaultCompiler { get; init; } public required IReadOnlyDictionary<string, string> Environment { get; init; } public required string BaseDirectory { get; init; } public int Jobs { get; init; } = 1; public string? CacheFile { get; init; } }
public sealed record RecommendedFlags(string Flags, bool Holds);
public sealed record ProgramStamp(string Name)
{
    public static bool AreCurrent(IReadOnlyList<ProgramStamp> programs, IReadOnlyDictionary<string, string> environment, string directory) => true;
    public static void Write(BinaryWriter w, ProgramStamp p) => w.Write(p.Name);
    public static ProgramStamp Read(BinaryReader r) => new(r.ReadString());
}
public sealed class OptionExpander(OptionExpanderSettings settings)
{
    public IReadOnlyList<ProgramStamp> Programs => [];
    public OptionExpanderSettings Settings => settings;
    public IReadOnlyList<ObjectOptions> Expand(IReadOnlyList<OptionsQuery> queries, CancellationToken cancellation) => [.. queries.Select(_ => new ObjectOptions { Problem = "stub" })];
    public RecommendedFlags Recommend(IReadOnlyCollection<OptionsQuery> queries, IReadOnlyCollection<IpaPass> forbidden, string? livePatching, CancellationToken cancellation) => new("", false);
}
