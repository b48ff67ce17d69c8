using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Clones;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Which bodies a compile copied into which functions, by symbol, with how often.</summary>
internal sealed class Inlinings
{
    private readonly Dictionary<(string Original, string Into), int> _counts = [];

    public static Inlinings None { get; } = new();

    /// <summary>Reads a dump of <c>-fdump-ipa-clones</c>.</summary>
    public static Inlinings Read(ReadOnlySpan<byte> dump)
    {
        var inlinings = new Inlinings();
        var reader = new CloneDumpReader(dump, "", new DiagnosticBag());
        while (reader.Read(out var record))
        {
            if (record.Kind == CloneDumpRecordKind.Clone && ClonePasses.FromReason(record.Reason).IsInlining)
            {
                var edge = (Encoding.UTF8.GetString(record.Original.Symbol), Encoding.UTF8.GetString(record.Copy.Symbol));
                inlinings._counts[edge] = inlinings._counts.GetValueOrDefault(edge) + 1;
            }
        }

        return inlinings;
    }

    /// <summary>Whose inlining is another than in <paramref name="other"/> and reaches a function, directly or through what was inlined in between.</summary>
    /// <param name="other">Another compile of the same unit.</param>
    /// <param name="into">Symbols of the function.</param>
    public SortedSet<string> ChangesReaching(Inlinings other, IEnumerable<string> into)
    {
        var reached = Reaching(into);
        reached.UnionWith(other.Reaching(into));
        var changed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var edge in _counts.Keys.Union(other._counts.Keys))
        {
            if (reached.Contains(edge.Into) && _counts.GetValueOrDefault(edge) != other._counts.GetValueOrDefault(edge))
            {
                changed.Add(edge.Original);
            }
        }

        return changed;
    }

    /// <summary>The functions themselves and what they were inlined into.</summary>
    public HashSet<string> HoldersOf(IEnumerable<string> originals)
    {
        var holders = new HashSet<string>(originals, StringComparer.Ordinal);
        bool grew;
        do
        {
            grew = false;
            foreach (var (original, target) in _counts.Keys)
            {
                grew |= holders.Contains(original) && holders.Add(target);
            }
        }
        while (grew);
        return holders;
    }

    /// <summary>The functions themselves and what was inlined into them.</summary>
    public HashSet<string> Reaching(IEnumerable<string> into)
    {
        var reached = new HashSet<string>(into, StringComparer.Ordinal);
        bool grew;
        do
        {
            grew = false;
            foreach (var (original, target) in _counts.Keys)
            {
                grew |= reached.Contains(target) && reached.Add(original);
            }
        }
        while (grew);
        return reached;
    }
}
