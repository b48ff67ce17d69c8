namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>The statements between a label of data and the next: a constant, a string, a variable, a table.</summary>
/// <param name="first">Index of the first statement.</param>
internal sealed class DataBlock(int first)
{
    public int First { get; } = first;

    public int Count { get; set; }

    /// <summary>Whether <see cref="Content"/> and <see cref="MentionsCode"/> are known.</summary>
    public bool IsExamined { get; set; }

    /// <summary>The content in a form that stands for it wherever it is; null if it mentions symbols, which are the reader's to name.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Whether it mentions local labels of code.</summary>
    public bool MentionsCode { get; set; }
}
