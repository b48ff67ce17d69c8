using IpaAnalysis.Files.State;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Compilers.Options;

/// <summary>Keeps compilers' answers between builds, as long as compiler, options and search paths are the same.</summary>
internal sealed class AnswerCache
{
    private const string Magic = "IPAOPTS";
    private const int Version = 1;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private readonly string _search;
    private readonly Dictionary<OptimizerQuestion, OptimizerAnswer> _known = [];
    private readonly Dictionary<OptimizerQuestion, OptimizerAnswer> _used = [];

    /// <summary>Reads what is remembered; what is damaged, of another version or for another catalogue is no memory.</summary>
    /// <param name="path">The absolute path of the file; null for none.</param>
    /// <param name="search">What of the environment decides which programs a compiler runs.</param>
    public AnswerCache(string? path, string search)
    {
        _path = path;
        _search = search;
        var kept = path is null ? null : StateFile.TryRead(
            path, Magic, Version, r => r.ReadString() == Catalogue && r.ReadString() == search ? r.ReadList(ReadEntry) : null);
        foreach (var (question, answer) in kept ?? [])
        {
            _known[question] = answer;
        }
    }

    private static string Catalogue => string.Join(' ', IpaPasses.All.Select(p => p.Name));

    public OptimizerAnswer? Find(OptimizerQuestion question)
    {
        lock (_lock)
        {
            if (_used.TryGetValue(question, out var answer))
            {
                return answer;
            }

            if (_known.TryGetValue(question, out answer))
            {
                _used[question] = answer;
            }

            return answer;
        }
    }

    public void Add(OptimizerQuestion question, OptimizerAnswer answer)
    {
        lock (_lock)
        {
            _used[question] = answer;
        }
    }

    /// <summary>Writes the answers that were used, unless the file holds just those; the rest is forgotten.</summary>
    public void Save()
    {
        if (_path is null || (_used.Count == 0 && !File.Exists(_path)))
        {
            return;
        }

        (OptimizerQuestion Question, OptimizerAnswer Answer)[] entries =
        [
            .. _used.OrderBy(e => e.Key.Compiler.Path, StringComparer.Ordinal)
                .ThenBy(e => string.Join('\0', e.Key.Flags), StringComparer.Ordinal)
                .ThenBy(e => e.Key.WorkingDirectory, StringComparer.Ordinal)
                .Select(e => (e.Key, e.Value)),
        ];
        StateFile.Write(_path, Magic, Version, writer =>
        {
            writer.Write(Catalogue);
            writer.Write(_search);
            writer.WriteList(entries, WriteEntry);
        });
    }

    private static void WriteEntry(BinaryWriter writer, (OptimizerQuestion Question, OptimizerAnswer Answer) entry)
    {
        var compiler = entry.Question.Compiler;
        writer.Write(compiler.Path);
        writer.Write(compiler.Version);
        writer.Write7BitEncodedInt(compiler.Major);
        writer.Write(compiler.Target);
        writer.Write(compiler.Banner);
        writer.Write(compiler.Length);
        writer.Write(compiler.Modified);
        writer.WriteList(entry.Question.Flags, (w, f) => w.Write(f));
        writer.Write(entry.Question.WorkingDirectory);
        writer.WriteList(entry.Answer.Existing, (w, p) => w.Write(p));
        writer.WriteList(entry.Answer.Enabled, (w, p) => w.Write(p));
        writer.WriteText(entry.Answer.Refusal);
    }

    private static (OptimizerQuestion Question, OptimizerAnswer Answer) ReadEntry(StateReader reader)
    {
        var compiler = new CompilerIdentity(
            reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt(), reader.ReadString(), reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
        var question = new OptimizerQuestion(compiler, [.. reader.ReadList(r => r.ReadString())], reader.ReadString());
        return (question, new OptimizerAnswer([.. reader.ReadList(r => r.ReadString())], [.. reader.ReadList(r => r.ReadString())], reader.ReadText()));
    }
}
