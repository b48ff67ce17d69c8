namespace IpaAnalysis.Passes;

/// <summary>Whose code comes to depend on whose when a pass acts.</summary>
internal enum FactFlow
{
    /// <summary>Callers rely on the callee's body.</summary>
    CalleeToCallers,

    /// <summary>The callee is compiled for what its callers pass.</summary>
    CallersToCallee,

    /// <summary>Any function of the unit relies on any other.</summary>
    WholeModule,
}
