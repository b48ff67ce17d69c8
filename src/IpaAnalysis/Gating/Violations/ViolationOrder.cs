using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Gating.Violations;

/// <summary>The manifest's order of violations.</summary>
internal sealed class ViolationOrder : IComparer<Violation>
{
    public static readonly ViolationOrder Instance = new();

    public int Compare(Violation? x, Violation? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var order = string.CompareOrdinal(x.Descriptor.Code, y.Descriptor.Code);
        order = order != 0 ? order : string.CompareOrdinal(x.Pass, y.Pass);
        order = order != 0 ? order : Utf8Order.Instance.Compare(x.Object, y.Object);
        order = order != 0 ? order : Utf8Order.Instance.Compare(x.Function, y.Function);
        order = order != 0 ? order : Utf8Order.Instance.Compare(x.SourceFile, y.SourceFile);
        order = order != 0 ? order : x.Line.CompareTo(y.Line);
        order = order != 0 ? order : Utf8Order.Instance.Compare(x.Evidence, y.Evidence);
        order = order != 0 ? order : x.Status.CompareTo(y.Status);
        return order != 0 ? order : Utf8Order.Instance.Compare(x.Justification, y.Justification);
    }
}
