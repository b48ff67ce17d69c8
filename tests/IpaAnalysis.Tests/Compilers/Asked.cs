using System.Collections.Immutable;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Compilers;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Summaries.Reading;

namespace IpaAnalysis.Tests.Compilers;

/// <summary>Queries about objects, and expanders that answer them.</summary>
internal static class Asked
{
    public static CompilerIdentity Compiler(string name)
    {
        Tools.Require(name);
        return CompilerProbe.Identify(name, Sandbox.Environment, "/", CancellationToken.None).Compiler!;
    }

    /// <summary>What kbuild recorded, in a tree that is not trusted unless said.</summary>
    public static OptionsQuery Record(string compiler, string flags, bool isTrusted = false, string? directory = null, OptionOrigin origin = OptionOrigin.Kbuild) =>
        new(
            new RecordedOptions
            {
                Compiler = compiler,
                Flags = [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
                Origin = origin,
                IsTrusted = isTrusted,
                WorkingDirectory = directory,
            },
            null,
            [],
            ElfMachine.None);

    /// <summary>What the object itself says.</summary>
    public static OptionsQuery Object(string? producer, ImmutableArray<string> compilers, ElfMachine machine) => new(null, producer, compilers, machine);

    /// <summary>The compilers' names in the object that a compiler makes, and its processor.</summary>
    public static OptionsQuery MadeBy(this OptionsQuery query, string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("made", "int made;");
        var summary = SummaryReader.Read(units.Units[0]);
        return query with { Compilers = [.. summary.Compilers], Machine = summary.Machine };
    }

    public static OptionExpander Expander(string? path = null, string baseDirectory = "/", string compiler = "gcc", string? cache = null, IReadOnlyDictionary<string, string>? variables = null) => new(new OptionExpanderSettings
    {
        DefaultCompiler = compiler,
        Environment = new[] { Sandbox.Environment, new Dictionary<string, string> { ["PATH"] = path ?? Sandbox.Environment["PATH"] }, variables ?? new Dictionary<string, string>() }
            .SelectMany(static v => v).GroupBy(static v => v.Key, StringComparer.Ordinal).ToDictionary(static v => v.Key, static v => v.Last().Value, StringComparer.Ordinal),
        BaseDirectory = baseDirectory,
        Jobs = 2,
        CacheFile = cache,
    });

    public static ObjectOptions Ask(this OptionExpander expander, OptionsQuery query) => expander.Expand([query], CancellationToken.None)[0];

    public static ObjectOptions Ask(OptionsQuery query) => Expander().Ask(query);
}
