using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Compilers.Options;

/// <summary>Finds the compiler that made an object, and runs nothing that only the tree names.</summary>
internal sealed class CompilerFinder(OptionExpanderSettings settings, ProgramTable programs)
{
    // It exists, and nothing relative is looked up in it.
    private const string NeutralDirectory = "/";

    public CompilerChoice Find(OptionsQuery query, CancellationToken cancellation)
    {
        var producer = ProducerOptions.Parse(query.Producer);
        var maker = ObjectProducer.Of(query, producer);
        if (query.Recorded is null && producer is null && !maker.IsClang)
        {
            return CompilerChoice.Failed(CompilerProblems.NoRecord, maker, []);
        }

        var record = query.Recorded;
        var isTrusted = record is { IsTrusted: true };
        var directory = isTrusted && Directory.Exists(record!.WorkingDirectory) ? record.WorkingDirectory! : settings.BaseDirectory;
        var flags = record?.Flags ?? producer?.Flags ?? [];
        flags = isTrusted ? ResponseFiles.Expand(flags, directory) : flags;
        if (maker.IsClang)
        {
            return CompilerChoice.Failed(CompilerProblems.Clang, maker, flags);
        }

        if (producer is { IsLto: true } || FlagFacts.Of(flags).IsLto)
        {
            return CompilerChoice.Failed(CompilerProblems.Lto, maker, flags);
        }

        var loads = flags.FirstOrDefault(PassFlags.LoadsCode);
        if (!isTrusted && PassFlags.FindNotAllowed(flags.AsSpan()) is { } notAllowed)
        {
            return CompilerChoice.Failed(loads is null ? CompilerProblems.NotAllowed(notAllowed) : CompilerProblems.LoadsCode(loads), maker, flags);
        }

        var search = new Search(query, maker, record?.Compiler ?? "", isTrusted, directory);
        var compiler = Recorded(search, out var problem, cancellation) ?? Candidate(search, cancellation);
        if (compiler is null)
        {
            return CompilerChoice.Failed(problem ?? (maker.IsKnown ? CompilerProblems.NotFound(maker) : CompilerProblems.NoCompiler), maker, flags);
        }

        // Only what is loaded is named relative to where the compiler ran.
        var runsIn = loads is not null ? directory : NeutralDirectory;
        return new CompilerChoice(new OptimizerQuestion(compiler, flags, runsIn), null, maker, FlagFacts.Of(flags)) { IsRepeatable = loads is null };
    }

    /// <summary>The compiler that the record names, if it may be run and is the one that made the object.</summary>
    private CompilerIdentity? Recorded(Search search, out string? problem, CancellationToken cancellation)
    {
        problem = null;
        if (search.Word.Length == 0)
        {
            return null;
        }

        var path = search.IsTrusted ? programs.Find(search.Word, search.Directory) : FindUntrusted(search);
        if (path is null)
        {
            problem = !search.IsTrusted && IsPath(search.Word) ? CompilerProblems.OnlyNamed(search.Word) : CompilerProblems.Gone(search.Word, search.Producer);
            return null;
        }

        var probe = CompilerProbe.Identify(programs.Behind(path), settings.Environment, search.Directory, cancellation);
        if (probe.Compiler is null)
        {
            problem = CompilerProblems.Unusable(search.Word, probe.Problem!.Message);
            return null;
        }

        problem = Difference(probe.Compiler, search) is { } difference ? CompilerProblems.Other(search.Word, difference, search.Producer) : null;
        return problem is null ? probe.Compiler : null;
    }

    /// <summary>A name is looked up by the user's own PATH; a path counts only as another name of what such a lookup finds.</summary>
    private string? FindUntrusted(Search search)
    {
        var word = search.Word;
        if (!IsPath(word))
        {
            return word == settings.DefaultCompiler || CompilerNames.IsCompiler(word) ? programs.Find(word) : null;
        }

        if (UnixPath.Resolve(word, search.Query.Recorded?.WorkingDirectory) is not { } path)
        {
            return null;
        }

        return programs.FindSame(path, settings.DefaultCompiler)
            ?? (CompilerNames.IsCompiler(word) ? programs.FindSame(path, UnixPath.NameOf(path)) : null);
    }

    /// <summary>Another compiler that is certainly the one that made the object.</summary>
    private CompilerIdentity? Candidate(Search search, CancellationToken cancellation)
    {
        if (!search.Producer.IsKnown)
        {
            return null;
        }

        foreach (var name in Candidates(search))
        {
            if (programs.Find(name) is { } path
                && CompilerProbe.Identify(programs.Behind(path), settings.Environment, settings.BaseDirectory, cancellation).Compiler is { } compiler
                && Difference(compiler, search) is null)
            {
                return compiler;
            }
        }

        return null;
    }

    private IEnumerable<string> Candidates(Search search)
    {
        var prefixes = TargetFit.PrefixesOf(search.Query.Machine).Select(t => t + "-").Prepend("");
        var names = prefixes.SelectMany(p => search.Producer.Major > 0 ? (string[])[$"{p}gcc-{search.Producer.Major}", p + "gcc"] : [p + "gcc"]);
        return names.Prepend(settings.DefaultCompiler).Distinct(StringComparer.Ordinal);
    }

    /// <summary>What shows that a compiler did not make the object; null when nothing does.</summary>
    private static string? Difference(CompilerIdentity compiler, Search search) =>
        !TargetFit.IsPossible(search.Query.Machine, compiler.Target) ? $"compiles for {compiler.Target}, and the object is for {search.Query.Machine}"
        : !search.Producer.Fits(compiler.Banner, compiler.Version) ? $"is {Shown(compiler)}, which did not make the object"
        : null;

    private static string Shown(CompilerIdentity compiler) => "GCC " + compiler.Version;

    private static bool IsPath(string word) => word.Contains('/', StringComparison.Ordinal);

    /// <summary>What is looked for.</summary>
    private readonly record struct Search(OptionsQuery Query, ObjectProducer Producer, string Word, bool IsTrusted, string Directory);
}
