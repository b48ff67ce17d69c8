using System.Text;
using IpaAnalysis.Compilers;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using IpaAnalysis.Outputs;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Sessions.Steps;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Sessions;

/// <summary>Shows how the bodies of functions spread: the same steps as an analysis, with a text that engineers read at their end.</summary>
internal sealed class ExplainSession(SessionSettings settings, SessionLog log) : Session(settings, log)
{
    private const string OutputCategory = "explain";

    private readonly SessionFiles _files = new(settings.OutputList);

    /// <summary>Explains.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellation">Ends it early; what compilers answered until then is kept.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The text cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The text may not be written.</exception>
    public void Run(ExplainRequest request, CancellationToken cancellation)
    {
        using var units = LoadedUnits.Open(null, request.Memory, Settings, Log, cancellation);
        var key = KeyOf(request, units.ContentKey);
        if (Settings.OnlyAsks)
        {
            Compare(request.ExplainFile, key, units.Collected.UntrustedDirectories);
            return;
        }

        var expander = units.OpenExpander(request.Compiler);
        var compilers = request.AsksCompilers ? units.OpenExactImpact(expander) : null;
        var result = Analysis.Run(
            units.Source,
            new AnalysisOptions
            {
                Scope = ManifestScope.Patched,
                PatchedFunctions = request.Functions,

                // What was found out for the manifest is not asked again.
                Exact = compilers,

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
        if (Log.HasErrors || compilers?.MustAskAgain == true)
        {
            OutputFile.Delete(_files.Explanation);
            return;
        }

        ObservedFile[] inputs = [.. (compilers?.Inputs ?? []).Select(ObservedFile.Of)];
        new StoredExplanation(key, inputs, expander.Programs, FileState.Of(request.ExplainFile)).Write(_files.Explanation);
        LoadOutputs().Add(OutputCategory, [_files.Explanation]);
    }

    private static byte[] KeyOf(ExplainRequest request, byte[] units)
    {
        using var key = new KeyBuilder();
        key.Add(units).Add(request.AsksCompilers ? "asks" : "does not ask", request.Compiler, request.ExplainFile);
        foreach (var query in request.Functions)
        {
            key.Add(query.Name, query.SourceFile, query.Object).Add(query.Line).Add(query.AllMatches ? 1 : 0);
        }

        return key.ToKey();
    }

    /// <summary>Whether another explanation would say the same: without running anything.</summary>
    private void Compare(string path, byte[] key, IReadOnlyCollection<string> untrusted)
    {
        var last = StoredExplanation.TryRead(_files.Explanation);
        var isCurrent = last is not null
            && last.Key.AsSpan().SequenceEqual(key)
            && last.Text.IsCurrent(path)
            && last.Inputs.All(static i => i.IsCurrent())
            && ProgramStamp.AreCurrent(last.Programs, CompilerEnvironment.For(Settings.Environment, untrusted), Settings.ProjectDirectory);
        if (!isCurrent)
        {
            Refuse(BuildStep.Outputs, path, "it does not say this");
        }
    }

    private void Write(string path, string text)
    {
        if (text.Length == 0)
        {
            // An old explanation must not pass for the answer to this question.
            OutputFile.Delete(path);
        }
        else
        {
            OutputFile.Write(path, Encoding.UTF8.GetBytes(text));
            LoadOutputs().Add(OutputCategory, [path]);
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                Log.Show(line);
            }

            Log.Show($"Written to {Path.GetRelativePath(Settings.ProjectDirectory, path)}.");
        }
    }
}
