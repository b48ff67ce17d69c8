namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>A reason to start make.</summary>
/// <param name="File">The file or directory that it is about, absolute.</param>
/// <param name="Why">What is with it.</param>
internal sealed record KbuildChange(string File, string Why);
