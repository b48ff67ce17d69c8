using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Impact;
using IpaAnalysis.Manifests;
using IpaAnalysis.Verdicts;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Finds what the patched functions affect and writes the manifest, or repeats the last result if nothing changed.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaAnalyzeUnits : IpaTask
{
    /// <summary>What <see cref="IpaCollectUnits"/> found.</summary>
    [Required]
    public string UnitsFile { get; set; } = "";

    /// <summary>The patched functions; metadata <c>SourceFile</c>, <c>Object</c>, <c>Line</c>, <c>AllMatches</c>.</summary>
    public ITaskItem[] PatchedFunctions { get; set; } = [];

    /// <summary><c>patched</c>, <c>index</c> or <c>all</c>; empty: <c>patched</c> if there are patched functions, else <c>index</c>.</summary>
    public string Scope { get; set; } = "";

    /// <summary>The gate's policy.</summary>
    public string Policy { get; set; } = "";

    /// <summary>How many threads may read.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>Where the manifest goes; its schema goes beside it.</summary>
    [Required]
    public string ManifestFile { get; set; } = "";

    /// <summary>Where the result is kept.</summary>
    [Required]
    public string ResultFile { get; set; } = "";

    /// <summary>The manifest, if there is one.</summary>
    [Output]
    public ITaskItem[] Manifest { get; private set; } = [];

    /// <summary>In scope <c>patched</c>, what is affected.</summary>
    [Output]
    public ITaskItem[] AffectedFunctions { get; private set; } = [];

    /// <summary>In scope <c>patched</c>, what must be replaced.</summary>
    [Output]
    public ITaskItem[] FunctionsToPatch { get; private set; } = [];

    /// <summary>The files that Clean and IncrementalClean may know of.</summary>
    [Output]
    public ITaskItem[] WrittenFiles { get; private set; } = [];

    private string Schema => Path.Combine(Path.GetDirectoryName(Absolute(ManifestFile))!, ManifestSchema.FileName);

    /// <inheritdoc/>
    protected override void Run()
    {
        var diagnostics = new DiagnosticBag();
        var options = Options(diagnostics);
        if (diagnostics.HasErrors)
        {
            Report(diagnostics);
            return;
        }

        var collected = CollectedUnits.Read(Absolute(UnitsFile), out var unitsKey);
        var key = Key(unitsKey, options);
        var result = StoredResult.TryRead(Absolute(ResultFile), key);
        if (result is not null && result.Describes(Absolute(ManifestFile)))
        {
            LogLow("Inputs and options are unchanged: the last result is repeated.");
        }
        else if (RefuseWork(Absolute(ManifestFile), result is null ? "its inputs or options changed" : "something else wrote it"))
        {
            return;
        }
        else
        {
            result = Analyze(collected, options, key);
        }

        if (!IsQuestion)
        {
            OutputFile.Write(Schema, ManifestSchema.Content());
        }

        // The collecting task has just reported its own.
        var reported = collected.Diagnostics.ToHashSet();
        Report(result.Diagnostics.Where(d => !reported.Contains(d)));
        Publish(result);
    }

    private AnalysisOptions Options(DiagnosticBag diagnostics)
    {
        ManifestScope? scope = null;
        if (Scope.Length > 0)
        {
            // Enum.TryParse would also take numbers and lists.
            scope = Enum.GetValues<ManifestScope>().Cast<ManifestScope?>()
                .FirstOrDefault(s => string.Equals(s.ToString(), Scope, StringComparison.OrdinalIgnoreCase));
            if (scope is null)
            {
                diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"IpaManifestScope is '{Scope}'. Give patched, index or all."));
            }
        }

        return new AnalysisOptions
        {
            Scope = scope,
            PatchedFunctions = [.. AnalysisInputs.Queries(PatchedFunctions, diagnostics)],
            Policy = Policy,
            NormalizePath = path => path,
        };
    }

    /// <summary>Hashes what the result depends on: the units' files, the question, and this very package.</summary>
    private byte[] Key(byte[] unitsKey, AnalysisOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(unitsKey);
        hash.AppendData(typeof(Analysis).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(typeof(IpaAnalyzeUnits).Module.ModuleVersionId.ToByteArray());
        Append(options.Scope?.ToString());
        Append(options.Policy);
        Append(Absolute(ManifestFile));
        foreach (var query in options.PatchedFunctions)
        {
            Append(query.Name);
            Append(query.SourceFile);
            Append(query.Object);
            Append(FormattableString.Invariant($"{query.Line} {query.AllMatches}"));
        }

        return hash.GetHashAndReset();

        // With its length, as a name may hold any character.
        void Append(string? text)
        {
            var bytes = Encoding.UTF8.GetBytes(text ?? "");
            hash.AppendData(BitConverter.GetBytes(text is null ? -1 : bytes.Length));
            hash.AppendData(bytes);
        }
    }

    private StoredResult Analyze(CollectedUnits collected, AnalysisOptions options, byte[] key)
    {
        var paths = new SourcePathMap(collected.Roots);
        var graph = AnalysisInputs.ReadGraph(collected, Jobs, Cancellation);
        var result = Analysis.Run(
            graph,
            options with { NormalizePath = path => paths.Normalize(path, null) },
            collected.Diagnostics,
            Cancellation);
        var manifest = Absolute(ManifestFile);

        // Also after an error, which then stands in it: an old manifest must not pass for the answer to this question.
        var changed = OutputFile.Write(manifest, stream => ManifestWriter.Write(result, stream));
        LogLow(changed ? $"{ManifestFile} was written." : $"{ManifestFile} was up to date.");
        var (length, ticks) = StoredResult.Stamp(manifest);
        var totals = result.Totals;
        var stored = new StoredResult(
            key,
            length,
            ticks,
            [.. result.Findings.Select(f => f.Diagnostic)],
            AffectedItem.From(result),
            $"{totals.Objects} objects, {totals.Functions} functions; {totals.PatchedFunctions} patched, {totals.AffectedFunctions} affected, {totals.FunctionsToPatch} to patch{(result.Complete ? "" : " (incomplete)")}.");
        stored.Write(Absolute(ResultFile));
        return stored;
    }

    private void Publish(StoredResult result)
    {
        var manifest = Absolute(ManifestFile);
        string[] files = [.. new[] { manifest, Schema, Absolute(ResultFile) }.Where(File.Exists)];

        // A manifest under another name may be of another question, and is still wanted.
        if (!IsQuestion)
        {
            Files.OutputList.Load(Absolute(OutputList), ProjectDirectory).Add("analyze", files);
        }

        WrittenFiles = [.. files.Concat([Absolute(UnitsFile), CollectedUnits.MemoryFile(Absolute(UnitsFile)), Absolute(OutputList)]).Select(ItemMetadata.Create)];
        // Absolute, as GetIpaManifest gives it to other projects, where FullPath would start from theirs.
        Manifest = [ItemMetadata.Create(manifest)];
        AffectedFunctions = [.. result.Items.Where(i => i.IsAffected).Select(i => i.ToItem())];
        FunctionsToPatch = [.. result.Items.Where(i => i.MustBePatched).Select(i => i.ToItem())];
        Log.LogMessage(MessageImportance.Normal, "{0}", $"{ManifestFile}: {result.Summary}");
    }
}
