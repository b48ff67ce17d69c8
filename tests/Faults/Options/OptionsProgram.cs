using System.Globalization;
using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Options;

/// <summary>Every spelling of every option in the recorded commands of a tree that nobody trusts.</summary>
internal sealed class OptionsProgram : IFaultProgram
{
    private const int WordsOfTree = 64;

    /// <inheritdoc/>
    public string Name => "options";

    /// <inheritdoc/>
    public string Description => "every spelling of every GCC option in an untrusted tree: nothing runs or is written, and each unit is exact or says why not";

    // Some words make a compiler wait until it is ended.
    /// <inheritdoc/>
    public int Jobs => 2 * Environment.ProcessorCount;

    /// <inheritdoc/>
    public IEnumerable<FaultCase> Cases(FaultSettings settings)
    {
        foreach (var compiler in Compiler.Installed)
        {
            var words = Words(compiler).ToArray();
            new Random(settings.Seed).Shuffle(words);
            foreach (var (chunk, number) in words.Chunk(WordsOfTree).Select((c, i) => (c, i)))
            {
                // Both ways of recording commands, in turn.
                var isKbuild = number % 3 == 2;
                yield return new FaultCase(
                    string.Create(CultureInfo.InvariantCulture, $"{compiler} {number}"),
                    directory => new OptionTree(compiler, isKbuild, Path.Combine(directory, "..", "plugin")).Try(chunk, directory));
            }
        }
    }

    /// <summary>The words that are tried, each once, sorted.</summary>
    public static IEnumerable<OptionWord> Words(string compiler) =>
        OptionRows.Of(compiler).SelectMany(OptionSpellings.Of).Concat(DriverWords.All).Distinct().OrderBy(w => w.Text, StringComparer.Ordinal);
}
