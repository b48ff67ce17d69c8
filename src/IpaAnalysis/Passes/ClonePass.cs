namespace IpaAnalysis.Passes;

/// <summary>A pass that copies a function's body and says so in the clone dump.</summary>
/// <param name="Name">The pass as the manifest names it: <c>inline</c>, <c>constprop</c>, <c>isra</c>, …</param>
/// <param name="Reason">The last field of the dump line; GCC's <c>clone_suffix</c> or, for inlining, <c>inlining to</c>.</param>
/// <param name="LeavesSuffix">Whether the copy's symbol is the original's with <c>.Reason.N</c> appended.</param>
internal sealed record ClonePass(string Name, string Reason, bool LeavesSuffix)
{
    /// <summary>Whether the copy went into another function rather than to a symbol of its own.</summary>
    public bool IsInlining => Name == ClonePasses.Inline.Name;
}
