namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>A target that a build reached.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Project">The project file's name.</param>
/// <param name="Skipped">Whether its condition or its inputs and outputs let it be skipped.</param>
internal sealed record TargetRun(string Name, string Project, bool Skipped);
