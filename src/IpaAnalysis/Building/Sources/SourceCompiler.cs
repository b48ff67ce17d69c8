using IpaAnalysis.Building.Sources.Headers;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Building.Sources;

/// <summary>
/// Compiles sources to objects with clone dumps, call graphs and folding records beside them, and only those
/// sources whose object is not up to date: what was compiled from what is remembered with the content's hash.
/// </summary>
internal static class SourceCompiler
{
    /// <summary>The file in the output directory that remembers what was compiled.</summary>
    public const string StateFileName = "compile.state";

    /// <summary>Compiles what needs it.</summary>
    /// <param name="options">What to compile and how.</param>
    /// <param name="cancellation">Ends the compilers; what was compiled before stays and is remembered.</param>
    /// <returns>The objects and the diagnostics; nothing is thrown for bad sources, flags or compilers.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static SourceCompileResult Compile(SourceCompileOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options with
        {
            SourceRoot = Normalize(options.SourceRoot),
            WorkingDirectory = Normalize(options.WorkingDirectory),
            OutputDirectory = Normalize(options.OutputDirectory),
        };
        var (compiler, problem) = CompilerProbe.Identify(options.Compiler, options.Environment, options.WorkingDirectory, cancellation);
        return compiler is null
            ? new SourceCompileResult { Diagnostics = [problem!] }
            : new Session(options, compiler).Run(cancellation);
    }

    private sealed class Session(SourceCompileOptions options, CompilerIdentity compiler)
    {
        // Linux stamps files with the time of its last tick, at most 10 ms ago.
        private const int LongestTick = 12;

        private readonly CompilePlan _plan = CompilePlan.Create(options, compiler.Path);
        private readonly string _statePath = Path.Combine(options.OutputDirectory, StateFileName);
        private readonly string _compilerHash = Hash(compiler);
        private readonly Dictionary<string, CompileRecord> _current = new(StringComparer.Ordinal);
        private readonly List<string> _reasons = [];
        private readonly List<CompileJob> _jobs = [];
        private readonly HashSet<string> _orphans = new(StringComparer.Ordinal);
        private int _newCount;
        private int _removedCount;
        private Diagnostic? _stateProblem;

        public SourceCompileResult Run(CancellationToken cancellation)
        {
            var isStateNew = Check(CompileState.Read(_statePath));
            if (options.OnlyAsks)
            {
                return _jobs.Count > 0 ? Refusal() : Result();
            }

            var listing = new OutputListing(_plan.Sources);
            Remove(listing);
            AwaitTick();
            var isDone = CompileJobs.Run(_jobs, options.Jobs, options.Progress, cancellation);
            Record(listing);
            if (isStateNew || _jobs.Count > 0)
            {
                WriteState();
            }

            if (!isDone)
            {
                throw new OperationCanceledException(cancellation);
            }

            return Result();
        }

        private SourceCompileResult Refusal() => new()
        {
            Compiler = compiler,
            Diagnostics = [UpToDateness.Refuse(_jobs[0].Source.SourcePath, "compile", _reasons[0])],
        };

        /// <summary>Decides what to compile and what is an orphan; true when the state must be rewritten anyway.</summary>
        private bool Check(Dictionary<string, CompileRecord> recorded)
        {
            var check = new UpToDateCheck(options, _compilerHash);
            foreach (var source in _plan.Sources)
            {
                _newCount += recorded.Remove(source.Object, out var record) ? 0 : 1;
                if (check.WhyCompile(source, ref record) is { } reason)
                {
                    _reasons.Add($"{source.Object}: {reason}");
                    _jobs.Add(new CompileJob(options, compiler, _plan, source));
                    _orphans.UnionWith(OutputPaths(record));
                }
                else
                {
                    _current[source.Object] = record!;
                }
            }

            foreach (var (name, record) in recorded)
            {
                if (_plan.Held.Contains(name))
                {
                    _current[name] = record;
                }
                else
                {
                    _removedCount++;
                    _orphans.UnionWith(OutputPaths(record));
                }
            }

            return check.IsAnyRefreshed || recorded.Keys.Any(name => !_plan.Held.Contains(name));
        }

        /// <summary>Removes what earlier compiles left: a failed compile must not leave their object behind.</summary>
        private void Remove(OutputListing listing)
        {
            var found = listing.Find(_jobs.Select(static job => job.Source.Outputs.Directory));
            foreach (var job in _jobs)
            {
                Delete(found.GetValueOrDefault(job.Source.Outputs.Object, []));
            }
        }

        /// <summary>What was written just now must not bear the time of what changes while the compilers run.</summary>
        private void AwaitTick()
        {
            if (_jobs.Count > 0)
            {
                Thread.Sleep(LongestTick);
            }
        }

        private void Record(OutputListing listing)
        {
            var facts = new FileStates();
            var probe = new IncludeSearchProbe(options, compiler);
            var lookups = new HeaderLookups(options.WorkingDirectory, _jobs.Where(static job => job.Succeeded).Select(static job => job.Started).DefaultIfEmpty().Min());
            var found = listing.Find(_jobs.Select(static job => job.Source.Outputs.Directory));
            foreach (var job in _jobs)
            {
                var files = found.GetValueOrDefault(job.Source.Outputs.Object, []);
                if (!job.Succeeded)
                {
                    Delete(files);
                    continue;
                }

                var dependencies = Dependencies(job, facts);
                var places = dependencies.Exists(static d => d.State.Content is null) ? [] : Lookups(job, probe, lookups, dependencies);
                _current[job.Source.Object] = new CompileRecord
                {
                    Object = job.Source.Object,
                    CommandHash = job.Source.CommandHash,
                    CompilerHash = _compilerHash,
                    Dependencies = places is null ? [.. dependencies.Select(static d => d with { State = new FileState(d.State.Identity) })] : dependencies,
                    Lookups = places ?? [],
                    Outputs = files.Select(path => new OutputStamp(Path.GetRelativePath(options.OutputDirectory, path), FileState.LookAtOutput(path) ?? default)).ToArray(),
                    Diagnostics = job.Diagnostics,
                };
            }
        }

        /// <summary>Where the compiler looked in vain; null when that cannot be told, so that the object counts as out of date.</summary>
        private static IReadOnlyList<HeaderLookup>? Lookups(CompileJob job, IncludeSearchProbe probe, HeaderLookups lookups, List<DependencyStamp> dependencies)
        {
            if (job.Source.SourcePath.EndsWith(".i", StringComparison.Ordinal))
            {
                return [];
            }

            // What is finished is kept also when the run was cancelled.
            return probe.Of(job.Source, CancellationToken.None) is { } search
                ? lookups.Of(search, job.Source.Flags, [.. dependencies.Select(static d => d.Path)])
                : null;
        }

        private List<DependencyStamp> Dependencies(CompileJob job, FileStates facts)
        {
            // A preprocessed source reads nothing else, and gcc writes no list for it.
            var paths = new List<string> { job.Source.SourcePath };
            var isKnown = job.Source.SourcePath.EndsWith(".i", StringComparison.Ordinal);
            try
            {
                if (File.Exists(job.Source.Outputs.Dependencies)
                    && DependencyFile.Parse(InputFile.ReadAllText(job.Source.Outputs.Dependencies, FileRole.BuildText)) is { } names)
                {
                    isKnown = true;
                    paths.AddRange(names.Where(name => name != job.Source.SourceArgument).Select(name => Path.Combine(options.WorkingDirectory, name)));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Without the list the object counts as out of date.
            }

            return paths.Distinct(StringComparer.Ordinal).Select(path =>
            {
                var stamp = facts.LookAt(path);
                var hasChangedMeanwhile = stamp is null || stamp.Value.NewestNanoseconds >= job.Started;
                return new DependencyStamp(path, new FileState(stamp ?? default, isKnown && !hasChangedMeanwhile ? facts.ContentOf(path) : null));
            }).ToList();
        }

        private void WriteState()
        {
            try
            {
                CompileState.Write(_statePath, _current.Values);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _stateProblem = DiagnosticCatalog.OutputNotWritten.At(
                    _statePath, 0, "What was compiled cannot be remembered. Check permissions and space of the output directory.");
            }
        }

        private SourceCompileResult Result()
        {
            var jobs = _jobs.ToDictionary(static job => job.Source.Object, StringComparer.Ordinal);
            var diagnostics = new List<Diagnostic>(_plan.Problems);
            var compiled = new List<CompiledSource>();
            var files = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var source in _plan.Sources)
            {
                var record = _current.GetValueOrDefault(source.Object);
                diagnostics.AddRange(jobs.TryGetValue(source.Object, out var job) ? job.Diagnostics : record!.Diagnostics);
                if (record is not null)
                {
                    compiled.Add(Compiled(source, record));
                }
            }

            files.UnionWith(_current.Values.SelectMany(OutputPaths));
            _orphans.ExceptWith(files);
            _orphans.RemoveWhere(static path => !File.Exists(path));
            if (File.Exists(_statePath))
            {
                files.Add(_statePath);
            }

            if (_stateProblem is not null)
            {
                diagnostics.Add(_stateProblem);
            }

            return new SourceCompileResult
            {
                Sources = compiled,
                Diagnostics = diagnostics,
                OutputFiles = [.. files],
                Orphans = [.. _orphans.Order(StringComparer.Ordinal)],
                Reasons = _reasons,
                Log = _jobs.SelectMany(static job => job.Log).ToArray(),
                CompiledCount = _jobs.Count,
                NewCount = _newCount,
                RemovedCount = _removedCount,
                Compiler = compiler,
            };
        }

        private CompiledSource Compiled(PlannedSource source, CompileRecord record)
        {
            var paths = OutputPaths(record).ToHashSet(StringComparer.Ordinal);
            return new CompiledSource
            {
                Object = source.Object,
                ObjectPath = source.Outputs.Object,
                DumpPath = IfThere(source.Outputs.CloneDump),
                CallGraphPath = IfThere(source.Outputs.CallGraph),
                FoldingRecordPath = paths.FirstOrDefault(path => source.Outputs.IsFoldingRecord(Path.GetFileName(path.AsSpan()))),
                SourcePath = source.SourcePath,
                WorkingDirectory = options.WorkingDirectory,
                Command = [compiler.Path, .. source.Arguments],
            };

            string? IfThere(string path) => paths.Contains(path) ? path : null;
        }

        private IEnumerable<string> OutputPaths(CompileRecord? record) =>
            record?.Outputs.Select(output => Path.Combine(options.OutputDirectory, output.Name)) ?? [];

        private static void Delete(IEnumerable<string> paths)
        {
            foreach (var path in paths)
            {
                OutputFile.Delete(path);
            }
        }
    }

    private static string Normalize(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory, "/"));

    private static string Hash(CompilerIdentity compiler)
    {
        using var key = KeyBuilder.OfResult();
        return key.Add(compiler.ToString()).ToText();
    }
}
