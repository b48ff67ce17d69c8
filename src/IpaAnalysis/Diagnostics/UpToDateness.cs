namespace IpaAnalysis.Diagnostics;

/// <summary>What a build that only asks (<c>-question</c>) says where there is work.</summary>
internal static class UpToDateness
{
    /// <summary>The error.</summary>
    /// <param name="file">The file that the reason concerns; null for none.</param>
    /// <param name="step">The name of the step that has to run.</param>
    /// <param name="why">What is with the file, such as <c>its size changed</c>.</param>
    public static Diagnostic Refuse(string? file, string step, string why) =>
        DiagnosticCatalog.NotUpToDate.At(file, 0, $"The build is not up to date: {why}. Step {step} has to run: build without -question.");
}
