using System.Text;
using IpaAnalysis.Dumps.Folding;
using IpaAnalysis.Faults.Plain;
using QuikGraph;
using QuikGraph.Algorithms.Search;

namespace IpaAnalysis.Tests.Impact;

/// <summary>
/// Contract section 5 in the plainest way, from the raw records of one object: relations between symbols, and QuikGraph's
/// breadth-first search over (symbol, whether it holds the old body). It shares no code with what it checks: its files
/// are read by <see cref="PlainCloneDump"/> and its neighbours.
/// </summary>
internal sealed class Oracle
{
    private static readonly string[] s_suffixes = ["constprop", "isra", "part", "simdclone", "strub", "locality_clone", "hsa", "default"];
    private static readonly string[] s_fragments = ["cold", "localalias"];

    private readonly HashSet<string> _bodies = [];
    private readonly HashSet<string> _dumped = [];
    private readonly HashSet<string> _clones = [];
    private readonly HashSet<(string From, string To, string Reason)> _copies = [];
    private readonly HashSet<(string Caller, string Callee)> _calls = [];
    private readonly List<(string Kept, string Folded, FoldingKind Kind)> _foldings = [];
    private readonly Dictionary<string, (int Section, ulong Value, bool HasCode)>? _symbols;
    private readonly Dictionary<string, HashSet<(string Kind, string Pass, string From)>> _relations = [];
    private readonly AdjacencyGraph<(string Symbol, bool IsStale), SEdge<(string, bool)>> _product = new(allowParallelEdges: false);

    public Oracle(byte[]? dump, byte[]? calls, byte[]? folding, byte[]? file)
    {
        _symbols = file is null ? null : PlainSymbols.Read(file)?.ToDictionary(s => Utf8(s.Key), s => s.Value);
        _bodies.UnionWith(_symbols?.Keys ?? Enumerable.Empty<string>());
        ReadDump(Text(dump));
        ReadCalls(Text(calls));
        ReadFolding(Text(folding));
        AddClonesBySuffix();
        AddVersions();
        AddRelations();
    }

    /// <summary>The answer for the instances of a function in this object, as lines to compare.</summary>
    public IEnumerable<string> Answer(IReadOnlyCollection<string> instances)
    {
        var reached = instances.SelectMany(Reachable).ToHashSet();
        foreach (var symbol in reached.Except(instances))
        {
            var reasons = _relations[symbol].Where(r => reached.Contains(r.From) || instances.Contains(r.From));
            yield return $"{symbol}: {string.Join(", ", reasons.Select(r => $"{r.Kind} {r.Pass} {r.From}").Order(StringComparer.Ordinal))}";
        }

        foreach (var symbol in reached.Union(instances).Where(s => instances.Contains(s) || !_clones.Contains(s)))
        {
            if (_symbols is null || _symbols.ContainsKey(symbol))
            {
                yield return $"patch {symbol}";
            }
        }
    }

    private IEnumerable<string> Reachable(string symbol)
    {
        var reached = new HashSet<string>();
        var root = (symbol, true);
        if (_product.ContainsVertex(root))
        {
            var search = new BreadthFirstSearchAlgorithm<(string Symbol, bool), SEdge<(string, bool)>>(_product);
            search.DiscoverVertex += v => reached.Add(v.Symbol);
            search.Compute(root);
        }

        return reached;
    }

    private void ReadDump(string? dump)
    {
        foreach (var (from, to, reason) in PlainCloneDump.Read(dump ?? "") ?? throw new InvalidDataException("not a clone dump"))
        {
            if (to is not null)
            {
                _dumped.UnionWith([from, to]);
                _bodies.UnionWith([from, to]);
                _copies.Add((from, to, reason));
            }
        }
    }

    private void ReadCalls(string? calls)
    {
        if (calls is null)
        {
            return;
        }

        var graph = PlainCallGraph.Read(calls) ?? throw new InvalidDataException("not a call graph");
        foreach (var (symbol, label) in graph.Functions)
        {
            _bodies.Add(symbol);
            if (symbol != label && _dumped.Contains(label) && !_dumped.Contains(symbol) && Cut(label) is { Word: { } word } && s_suffixes.Contains(word))
            {
                _copies.Add((label, symbol, word));
            }
        }

        _calls.UnionWith(graph.Calls);

        // The fixtures and random units have symbols wherever there are aliases; what lies at one address is told by those.
        if (_symbols is null && graph.Aliases.Count > 0)
        {
            throw new InvalidDataException("aliases without symbols are not judged here");
        }
    }

    private void ReadFolding(string? folding)
    {
        foreach (var pair in PlainFoldingRecord.Read(folding ?? "") ?? throw new InvalidDataException("not a folding record"))
        {
            _foldings.Add(pair);
            _bodies.UnionWith([pair.Kept, pair.Folded]);
        }
    }

    private void AddClonesBySuffix()
    {
        _bodies.UnionWith(_calls.Select(c => Whole(c.Caller)).ToArray());
        _clones.UnionWith(_copies.Where(c => c.Reason != "inlining to" && c.From != c.To).Select(c => c.To));
        foreach (var symbol in _bodies.Where(s => !_clones.Contains(s)).ToArray())
        {
            string? pass = null;
            for (var (rest, word) = Cut(symbol); word is not null; (rest, word) = Cut(rest))
            {
                pass ??= s_suffixes.Contains(word) ? word : null;
                if (_bodies.Contains(rest))
                {
                    if (pass is not null)
                    {
                        _copies.Add((rest, symbol, pass));
                        _clones.Add(symbol);
                    }

                    break;
                }
            }
        }
    }

    /// <summary>The versions of a function that has a default one (target_clones).</summary>
    private void AddVersions()
    {
        foreach (var symbol in _bodies.Where(s => !_clones.Contains(s) && Cut(s).Word is null).ToArray())
        {
            var end = symbol.LastIndexOf('.');
            if (end > 0 && symbol[end..] != ".resolver" && _copies.Contains((symbol[..end], symbol[..end] + ".default", "default")))
            {
                _copies.Add((symbol[..end], symbol, "default"));
                _clones.Add(symbol);
            }
        }
    }

    private void AddRelations()
    {
        foreach (var (from, to, reason) in _copies)
        {
            Add(Whole(from), Whole(to), reason == "inlining to" ? "inlined" : "cloned", Pass(reason));
        }

        foreach (var (caller, callee) in _calls.Select(c => (Whole(c.Caller), Whole(c.Callee))))
        {
            if (_clones.Contains(callee))
            {
                var made = _copies.Where(c => c.To == callee && c.From != callee && c.Reason != "inlining to")
                    .OrderBy(c => c.From, StringComparer.Ordinal).ThenBy(c => c.Reason, StringComparer.Ordinal).First();
                Add(callee, caller, "callsClone", Pass(made.Reason));
            }
        }

        foreach (var group in (_symbols ?? []).Where(s => s.Value.HasCode && Whole(s.Key) == s.Key).GroupBy(s => s.Value, s => s.Key))
        {
            foreach (var a in group)
            {
                foreach (var b in group)
                {
                    var isRecorded = _foldings.Any(f => f.Kind != FoldingKind.Wrapper && (f.Folded == a || f.Folded == b));
                    Add(a, b, "sharedBody", isRecorded ? "ipa-icf" : "unknown");
                }
            }
        }

        foreach (var (kept, folded, kind) in _foldings.Where(f => f.Kind == FoldingKind.Wrapper || _symbols?.ContainsKey(f.Folded) != true))
        {
            Add(kept, folded, "sharedBody", "ipa-icf");
            Add(folded, kept, "sharedBody", "ipa-icf");
            foreach (var (caller, _) in _calls.Where(c => Whole(c.Callee) == kept && Whole(c.Caller) != kept))
            {
                Add(folded, Whole(caller), "callsClone", "ipa-icf");
            }
        }
    }

    private void Add(string from, string to, string kind, string pass)
    {
        if (from == to)
        {
            return;
        }

        (_relations.TryGetValue(to, out var known) ? known : _relations[to] = []).Add((kind, pass, from));
        Connect((from, true), (to, kind != "callsClone" && !(kind == "sharedBody" && _foldings.Any(f => f.Folded == to))));
        if (kind is "callsClone" or "sharedBody")
        {
            Connect((from, false), (to, false));
        }

        void Connect((string, bool) a, (string, bool) b) => _product.AddVerticesAndEdge(new SEdge<(string, bool)>(a, b));
    }

    /// <summary>A part or local name of a function is the function.</summary>
    private string Whole(string symbol) =>
        Cut(symbol) is { Word: { } word } cut && s_fragments.Contains(word) && _bodies.Contains(cut.Before) ? Whole(cut.Before) : symbol;

    /// <summary>Cuts <c>.word</c> or <c>.word.12</c> off.</summary>
    private static (string Before, string? Word) Cut(string symbol)
    {
        var parts = symbol.Split('.').ToList();
        if (parts.Count > 2 && parts[^1].All(char.IsAsciiDigit))
        {
            parts.RemoveAt(parts.Count - 1);
        }

        var isKnown = parts.Count > 1 && (s_suffixes.Contains(parts[^1]) || s_fragments.Contains(parts[^1]));
        return isKnown ? (string.Join('.', parts[..^1]), parts[^1]) : (symbol, null);
    }

    private static string Pass(string reason) =>
        reason == "inlining to" ? "inline" : reason == "default" ? "target_clones" : s_suffixes.Contains(reason) ? reason : "unknown";

    /// <summary>The plain readers look at bytes that have no meaning above ASCII, so UTF-8 may be decoded before.</summary>
    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private static string Utf8(string latin) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin));
}
