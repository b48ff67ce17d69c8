using System.Text;
using IpaAnalysis.Outputs;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests;

/// <summary>A manifest as text, to compare byte for byte.</summary>
internal static class ManifestText
{
    public static string Of(AnalysisResult result)
    {
        using var stream = new MemoryStream();
        ManifestWriter.Write(result, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
