namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>How a project is built once more.</summary>
/// <param name="Name">A name for files and messages.</param>
/// <param name="Properties">Global properties, <c>NAME=VALUE</c>.</param>
internal sealed record Variant(string Name, params string[] Properties)
{
    /// <summary>The target to call.</summary>
    public string Target { get; init; } = "Build";
}
