namespace IpaAnalysis.Oracle.Truth;

/// <summary>What a new body of a function must not use as the old one did.</summary>
/// <param name="Callees">Static functions whose code relies on who calls them now.</param>
/// <param name="Variables">Static variables whose reads were replaced by their value, or whose writes were dropped.</param>
internal sealed record OpenedNames(IReadOnlySet<string> Callees, IReadOnlySet<string> Variables);
