namespace IpaAnalysis.Graph;

/// <summary>Why the code of one function depends on the body of another (contract section 5), in the order of the manifest's words.</summary>
internal enum DependencyKind : byte
{
    /// <summary>The dependant calls a clone, which cannot be replaced from source under its own name.</summary>
    CallsClone,

    /// <summary>The dependant is a clone made from the body.</summary>
    Cloned,

    /// <summary>The dependant came out differently only because of what else the compiler chose to inline into it.</summary>
    Decision,

    /// <summary>The dependant relies on what a pass found out about the body, without a copy of it.</summary>
    Fact,

    /// <summary>The body was inlined into the dependant.</summary>
    Inlined,

    /// <summary>The dependant runs the same code: folded by the compiler, or another name that the source gives it.</summary>
    SharedBody,
}
