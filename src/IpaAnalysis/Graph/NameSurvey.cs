using System.Text;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Graph;

/// <summary>What all units say about a name that none of them holds the body of.</summary>
/// <param name="IsMentioned">Whether one of them calls it.</param>
/// <param name="Names">The names of all source functions, each once.</param>
public sealed record NameSurvey(bool IsMentioned, IReadOnlySet<string> Names)
{
    /// <summary>Looks through all units, one after the other.</summary>
    public static NameSurvey Of(GraphSource source, string name)
    {
        ArgumentNullException.ThrowIfNull(source);
        var symbol = Encoding.UTF8.GetBytes(name);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var isMentioned = false;
        for (var unit = 0; unit < source.Count; unit++)
        {
            var summary = source.Load(unit).Summary;
            isMentioned |= summary.FindSymbol(symbol) >= 0;
            AddNames(summary, names);
        }

        return new NameSurvey(isMentioned, names);
    }

    private static void AddNames(ObjectSummary summary, HashSet<string> names)
    {
        var origins = CloneOrigins.Of(summary);
        for (var function = 0; function < origins.Length; function++)
        {
            var entry = summary.Functions[function];
            if (origins[function] == function && (entry.Traits & FunctionTraits.HasBody) != 0)
            {
                names.Add(summary.Names.GetString(entry.Name));
            }
        }
    }
}
