namespace IpaAnalysis.Collection.Snapshots;

/// <summary>One question to the file system.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Path">Absolute path of what it is about.</param>
/// <param name="Other">Absolute path of what that is compared with; empty for most.</param>
internal readonly record struct Question(QuestionKind Kind, string Path, string Other = "") : IComparable<Question>
{
    /// <summary>The last kind there is: what a file says beyond it is foreign.</summary>
    public const QuestionKind LastKind = QuestionKind.CallGraphCode;

    /// <summary>Whether an unchanged file means an unchanged answer; the other questions are cheaper to ask than to remember.</summary>
    public static bool DependsOnContent(QuestionKind kind) =>
        kind is (> QuestionKind.UnitFile and < QuestionKind.SourceAge) or (> QuestionKind.RealPath and < QuestionKind.FileTime) or QuestionKind.CallGraphCode;

    public int CompareTo(Question other)
    {
        var order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Path, other.Path);
        return order != 0 ? order : string.CompareOrdinal(Other, other.Other);
    }
}
