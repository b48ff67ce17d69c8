using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Graph;

/// <summary>The manifest's order of source functions: by name, file, line, column and object; unknown files first.</summary>
internal sealed class SourceFunctionOrder : IComparer<SourceFunction>
{
    /// <summary>The one instance.</summary>
    public static readonly SourceFunctionOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(SourceFunction? x, SourceFunction? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var order = Utf8Order.Instance.Compare(x.Name, y.Name);
        order = order != 0 ? order : Utf8Order.Instance.Compare(x.File, y.File);
        order = order != 0 ? order : x.Line.CompareTo(y.Line);
        order = order != 0 ? order : x.Column.CompareTo(y.Column);
        return order != 0 ? order : Utf8Order.Instance.Compare(x.Object, y.Object);
    }
}
