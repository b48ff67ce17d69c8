using System.Collections.Immutable;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>What options make a compiler load or run besides its own programs.</summary>
/// <param name="Words">The options with their values, in order.</param>
/// <param name="Files">The values that name files or directories, as written.</param>
/// <param name="Plugins">Names of plugins, without directory and extension.</param>
internal sealed record LoadedPrograms(ImmutableArray<string> Words, ImmutableArray<string> Files, ImmutableArray<string> Plugins)
{
    private const string Plugin = "-fplugin=";

    /// <summary>Reads options.</summary>
    public static LoadedPrograms Of(ImmutableArray<string> flags)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var files = ImmutableArray.CreateBuilder<string>();
        var plugins = ImmutableArray.CreateBuilder<string>();
        var reader = new OptionReader(flags.AsSpan());
        while (reader.MoveNext())
        {
            if (reader.Current.Effect != OptionEffect.Loads)
            {
                continue;
            }

            words.AddRange(reader.Words);
            var value = reader.Value.ToString();
            files.Add(value);
            if (reader.Current.Name == Plugin)
            {
                plugins.Add(Path.GetFileNameWithoutExtension(value));
            }
        }

        return new LoadedPrograms(words.ToImmutable(), files.ToImmutable(), plugins.ToImmutable());
    }
}
