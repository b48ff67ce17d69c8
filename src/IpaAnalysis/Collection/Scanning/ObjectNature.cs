namespace IpaAnalysis.Collection.Scanning;

/// <summary>What an object without record and dump is.</summary>
internal enum ObjectNature
{
    /// <summary>Not compiled from C, or without code.</summary>
    Unknown,

    /// <summary>Compiled from C: a unit.</summary>
    Unit,

    /// <summary>All of its functions are those of other objects: a copy, or several joined by <c>ld -r</c>.</summary>
    Copy,

    /// <summary>For another processor than the tree.</summary>
    Host,

    /// <summary>A linked image.</summary>
    Linked,
}
