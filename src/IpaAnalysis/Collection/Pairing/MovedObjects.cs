using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Collection.Pairing;

/// <summary>
/// Finds the command of an object that was renamed after its compile, as where a makefile of a static and a shared library says
/// <c>$(CC) -fPIC -c -o objs/a.o a.c &amp;&amp; mv objs/a.o a.lo</c>: the object is gone from where the command put it, and its dump is still there.
/// </summary>
internal sealed class MovedObjects(TreeListing tree, TreeObserver observer)
{
    /// <summary>Pairs commands without object with objects without command, where one of each fits.</summary>
    public IEnumerable<(Candidate Candidate, CompileCommand Command)> Find(List<CompileCommand> commands, List<Candidate> candidates)
    {
        if (candidates.Count == 0)
        {
            return [];
        }

        var byStem = candidates.ToLookup(static c => UnixPath.StemOf(c.Name), StringComparer.Ordinal);
        return commands
            .Where(IsGone)
            .DistinctBy(static c => c.ObjectFile, StringComparer.Ordinal)
            .SelectMany(command => Fitting(command, byStem).Select(candidate => (Candidate: candidate, Command: command)))
            .GroupBy(static p => p.Candidate)
            .Where(static g => g.Count() == 1)
            .Select(static g => g.Single());
    }

    private bool IsGone(CompileCommand command) =>
        command.Kind == CommandKind.CCompile
        && tree.TryLocate(command.ObjectFile, out var directory, out var name)
        && !directory.Objects.Contains(name)
        && directory.DumpsOfStem(UnixPath.StemOf(name)).Any();

    /// <summary>The one object that has the name of the command's and names its source.</summary>
    private Candidate[] Fitting(CompileCommand command, ILookup<string, Candidate> byStem)
    {
        var source = UnixPath.NameOf(command.File);
        Candidate[] fitting = [.. byStem[UnixPath.StemOf(UnixPath.NameOf(command.ObjectFile))].Where(c => c.HasObject && Names(c, source))];
        return fitting.Length == 1 ? fitting : [];
    }

    private bool Names(Candidate candidate, string source) =>
        observer.ObjectAt(candidate.ObjectPath).Origin is { IsDamaged: false } origin
        && origin.SourceNames.Any(name => UnixPath.NameOf(name) == source);
}
