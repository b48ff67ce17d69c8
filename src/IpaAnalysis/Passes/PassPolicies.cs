namespace IpaAnalysis.Passes;

/// <summary>Policies of the gate that forbid a pass: GCC's own levels of <c>-flive-patching</c> (<c>control_options_for_live_patching</c> in <c>gcc/opts.cc</c>).</summary>
[Flags]
internal enum PassPolicies
{
    /// <summary>No policy.</summary>
    None = 0,

    /// <summary><c>inline-clone</c>: what leaves no clone is forbidden.</summary>
    InlineClone = 1,

    /// <summary><c>inline-only-static</c>: only inlining of static functions is allowed.</summary>
    InlineOnlyStatic = 2,

    /// <summary>Both.</summary>
    Both = InlineClone | InlineOnlyStatic,
}
