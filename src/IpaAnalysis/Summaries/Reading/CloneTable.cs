using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>The copies of one object while its dump is read, each (original, copy, reason) once, in the order of their first lines.</summary>
internal sealed class CloneTable
{
    private readonly SlotTable _slots = new();
    private CloneEdge[] _edges = new CloneEdge[256];

    public ReadOnlySpan<CloneEdge> Edges => _edges.AsSpan(0, _slots.Count);

    public void Clear() => _slots.Clear();

    /// <summary>Adds a line; one that is known already is only counted.</summary>
    /// <returns>The edge that it stands for.</returns>
    public CloneEdge Add(in CloneEdge edge)
    {
        var hash = HashOf(edge);
        var place = _slots.Start(hash);
        int index;
        while ((index = _slots.Next(hash, ref place)) >= 0)
        {
            ref var known = ref _edges[index];
            if (known.Original == edge.Original && known.Copy == edge.Copy && known.Reason == edge.Reason)
            {
                return known = known with { Count = known.Count + edge.Count };
            }
        }

        index = _slots.Insert(hash, place);
        if (index == _edges.Length)
        {
            Array.Resize(ref _edges, index * 2);
        }

        return _edges[index] = edge;
    }

    private static uint HashOf(in CloneEdge edge)
    {
        var key = ((ulong)(uint)edge.Original << 32) | (uint)edge.Copy;
        key = (key ^ ((ulong)(uint)edge.Reason << 48)) * 0x9E3779B97F4A7C15;
        return (uint)(key >> 32);
    }
}
