using IpaAnalysis.Passes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Graph;

/// <summary>Finds which function of the source each clone and alias of an object goes back to.</summary>
internal static class CloneOrigins
{
    /// <summary>For each function the one its body came from: through clones and aliases to a function of the source.</summary>
    public static int[] Of(ObjectSummary summary)
    {
        var parent = new int[summary.Functions.Length];
        for (var function = 0; function < parent.Length; function++)
        {
            parent[function] = summary.Functions[function].AliasOf;
        }

        foreach (var edge in summary.CloneEdges)
        {
            if (edge.Original != edge.Copy && parent[edge.Copy] < 0
                && !ClonePasses.FromReason(summary.Names[edge.Reason]).IsInlining)
            {
                parent[edge.Copy] = edge.Original;
            }
        }

        return RootsOf(parent);
    }

    /// <summary>For each element the end of its chain of parents, each link walked once.</summary>
    private static int[] RootsOf(int[] parent)
    {
        const int Unknown = -1, OnPath = -2;
        var roots = new int[parent.Length];
        Array.Fill(roots, Unknown);
        var path = new List<int>();
        for (var first = 0; first < parent.Length; first++)
        {
            var last = first;
            for (; roots[last] == Unknown && parent[last] >= 0; last = parent[last])
            {
                roots[last] = OnPath;
                path.Add(last);
            }

            // Functions that claim to be clones of each other are all taken for originals.
            for (; roots[last] == OnPath; last = parent[last])
            {
                roots[last] = last;
            }

            if (roots[last] == Unknown)
            {
                roots[last] = last;
            }

            for (var i = path.Count - 1; i >= 0; i--)
            {
                roots[path[i]] = roots[path[i]] == OnPath ? roots[parent[path[i]]] : roots[path[i]];
            }

            path.Clear();
        }

        return roots;
    }
}
