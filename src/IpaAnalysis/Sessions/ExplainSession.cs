using System.Text;
using IpaAnalysis.Files;
using IpaAnalysis.Outputs;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.Steps;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Sessions;

/// <summary>Shows how the bodies of functions spread: the same steps as an analysis, with a text that engineers read at their end.</summary>
internal sealed class ExplainSession(SessionSettings settings, SessionLog log) : Session(settings, log)
{
    private const string OutputCategory = "explain";

    /// <summary>Explains.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellation">Ends it early; what compilers answered until then is kept.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The text cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The text may not be written.</exception>
    public void Run(ExplainRequest request, CancellationToken cancellation)
    {
        using var units = LoadedUnits.Open(null, request.Memory, Settings, Log, cancellation);
        var expander = units.OpenExpander(request.Compiler);
        var result = Analysis.Run(
            units.Source,
            new AnalysisOptions
            {
                Scope = ManifestScope.Patched,
                PatchedFunctions = request.Functions,

                // What was found out for the manifest is not asked again.
                Exact = request.AsksCompilers ? units.OpenExactImpact(expander) : null,

                // The text says of each function why it is not exact.
                ReportsInexact = false,
                Threads = Settings.Jobs,
                Progress = Settings.Progress,
                NormalizePath = static path => path,
            },
            [],
            cancellation);
        expander.Save();
        var text = new StringBuilder();
        foreach (var (i, impact) in result.PatchedFunctions.Index())
        {
            text.Append(text.Length > 0 ? "\n" : "")
                .Append(ExplanationWriter.Write(result.Graph, impact, request.AsksCompilers ? result.Exact[i] : null));
        }

        Write(request.ExplainFile, text.ToString());
        Log.AddRange(result.Findings.Select(static f => f.Diagnostic));
    }

    private void Write(string path, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        if (Settings.OnlyAsks)
        {
            if (text.Length > 0 && !OutputFile.Holds(path, content))
            {
                Refuse(BuildStep.Outputs, path, "it does not say this");
            }
        }
        else if (text.Length == 0)
        {
            // An old explanation must not pass for the answer to this question.
            OutputFile.Delete(path);
        }
        else
        {
            OutputFile.Write(path, content);
            LoadOutputs().Add(OutputCategory, [path]);
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                Log.Show(line);
            }

            Log.Show($"Written to {Path.GetRelativePath(Settings.ProjectDirectory, path)}.");
        }
    }
}
