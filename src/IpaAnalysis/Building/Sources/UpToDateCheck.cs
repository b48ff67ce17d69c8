using IpaAnalysis.Building.Sources.Headers;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Files;

namespace IpaAnalysis.Building.Sources;

/// <summary>Compares what was recorded of a compile with what is there now.</summary>
internal sealed class UpToDateCheck(SourceCompileOptions options, string compilerHash)
{
    private readonly FileStates _files = new();
    private readonly HeaderPlaces _places = new();
    private readonly MessagePaths _paths = new(options.WorkingDirectory, [options.SourceRoot]);

    /// <summary>Whether a record was found whose files have new times but the same content: it is worth rewriting.</summary>
    public bool IsAnyRefreshed { get; private set; }

    /// <summary>Why a source must be compiled; null when it is up to date.</summary>
    /// <param name="source">The source.</param>
    /// <param name="record">What is recorded; replaced by one with the files' present times if only those differ.</param>
    public string? WhyCompile(PlannedSource source, ref CompileRecord? record)
    {
        if (record is null)
        {
            return "no record of an earlier compile";
        }

        if (record.CompilerHash != compilerHash)
        {
            return "compiler changed";
        }

        if (record.CommandHash != source.CommandHash)
        {
            return "flags changed";
        }

        // GCC writes one for every unit: something else took it away, and nobody would ever bring it.
        var dump = Path.GetRelativePath(options.OutputDirectory, source.Outputs.CloneDump);
        if (!record.Outputs.Any(output => output.Name == dump))
        {
            return "the last compile left no clone dump";
        }

        foreach (var output in record.Outputs)
        {
            if (FileState.LookAtOutput(Path.Combine(options.OutputDirectory, output.Name)) is not { } identity)
            {
                return output.Name == source.Object ? "object missing" : $"{Path.GetFileName(output.Name)} missing";
            }

            if (identity != output.Identity)
            {
                return output.Name == source.Object ? "object changed" : $"{Path.GetFileName(output.Name)} changed";
            }
        }

        DependencyStamp[]? refreshed = null;
        for (var i = 0; i < record.Dependencies.Count; i++)
        {
            var dependency = record.Dependencies[i];
            if (_files.LookAt(dependency.Path) is not { } identity)
            {
                return $"{Describe(dependency.Path, source)} is gone";
            }

            var (before, content) = (dependency.State.Identity, dependency.State.Content);
            if (content is not null && identity == before)
            {
                continue;
            }

            if (content is null || identity.Length != before.Length || _files.ContentOf(dependency.Path) != content)
            {
                return $"{Describe(dependency.Path, source)} changed";
            }

            refreshed ??= [.. record.Dependencies];
            refreshed[i] = dependency with { State = dependency.State with { Identity = identity } };
        }

        foreach (var lookup in record.Lookups)
        {
            if (!_places.IsSame(lookup))
            {
                return lookup.IsOfNames ? $"the names in {Shown(lookup.Path)} changed, and which header is asked for is known to the preprocessor only"
                    : lookup.State == HeaderLookup.Absent ? $"{Shown(lookup.Path)} appeared where a header is looked for"
                    : $"{Shown(lookup.Path)}, which was looked for, is gone";
            }
        }

        if (refreshed is not null)
        {
            record = record with { Dependencies = refreshed };
            IsAnyRefreshed = true;
        }

        return null;
    }

    private string Describe(string path, PlannedSource source)
    {
        var normal = Path.GetFullPath(path, options.WorkingDirectory);
        return normal == source.SourcePath ? "source" : $"header {_paths.ToShown(normal)}";
    }

    private string Shown(string path) => _paths.ToShown(Path.GetFullPath(path, options.WorkingDirectory));
}
