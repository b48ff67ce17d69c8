using System.Collections.Concurrent;
using System.Text;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Graph;

/// <summary>What all units say about a name that none of them holds the body of.</summary>
/// <param name="IsMentioned">Whether one of them calls it.</param>
/// <param name="Names">The names of about its length that source functions have, each once.</param>
internal sealed record NameSurvey(bool IsMentioned, IReadOnlySet<string> Names)
{
    /// <summary>Looks through all units.</summary>
    /// <param name="source">The units.</param>
    /// <param name="name">The name.</param>
    /// <param name="slack">By how many characters the length of another name may differ from it.</param>
    /// <param name="threads">How many units to look at at once.</param>
    public static NameSurvey Of(GraphSource source, string name, int slack, int threads)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        var found = new ConcurrentBag<Finder>();
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, source.Count), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new Finder(name, slack),
            (unit, _, own) =>
            {
                own.Add(source.Load(unit).Summary);
                return own;
            },
            found.Add);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var own in found)
        {
            names.UnionWith(own.Names);
        }

        return new NameSurvey(found.Any(f => f.IsMentioned), names);
    }

    /// <summary>What one thread finds.</summary>
    private sealed class Finder(string name, int slack)
    {
        private readonly byte[] _symbol = Encoding.UTF8.GetBytes(name);
        private readonly char[] _text = new char[name.Length + slack];

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public bool IsMentioned { get; private set; }

        public void Add(ObjectSummary summary)
        {
            IsMentioned |= summary.FindSymbol(_symbol) >= 0;
            var known = Names.GetAlternateLookup<ReadOnlySpan<char>>();
            var origins = CloneOrigins.Of(summary);
            for (var function = 0; function < origins.Length; function++)
            {
                ref readonly var entry = ref summary.Functions[function];
                var bytes = summary.Names[entry.Name];
                if (origins[function] == function
                    && (entry.Traits & FunctionTraits.HasBody) != 0
                    && bytes.Length >= name.Length - slack
                    && Encoding.UTF8.TryGetChars(bytes, _text, out var length)
                    && length >= name.Length - slack)
                {
                    // Most are of headers and known; then no string is made.
                    known.Add(_text.AsSpan(0, length));
                }
            }
        }
    }
}
