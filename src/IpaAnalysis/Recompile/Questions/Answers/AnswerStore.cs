using IpaAnalysis.Files.State;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Questions.Texts;

namespace IpaAnalysis.Recompile.Questions.Answers;

/// <summary>
/// Keeps answers between builds, by the content of all that they depend on: text, command, compiler, object, question, and the
/// program that asked.
/// </summary>
internal sealed class AnswerStore
{
    private const string Magic = "IPAEXACT";
    private const int Version = 3;

    // A patch has a few functions; what is asked again after a while of other questions may be compiled again.
    private const int MostUnused = 256;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private readonly Dictionary<string, FunctionAnswer> _known = new(StringComparer.Ordinal);
    private readonly SortedList<string, FunctionAnswer> _used = new(StringComparer.Ordinal);

    /// <summary>Reads what is kept; what is damaged or of another version is nothing.</summary>
    /// <param name="path">Absolute path; null for nowhere.</param>
    public AnswerStore(string? path)
    {
        _path = path;
        var kept = path is null ? null : StateFile.TryRead(
            path, Magic, Version, static reader => reader.ReadList(static r => (Key: r.ReadString(), Answer: AnswerCodec.Read(r))));
        foreach (var (key, answer) in kept ?? [])
        {
            _known[key] = answer;
        }
    }

    /// <summary>How many answers were new.</summary>
    public int Added { get; private set; }

    /// <summary>What all answers about a unit depend on.</summary>
    /// <param name="command">How it is compiled.</param>
    /// <param name="compiler">The state of the compiler and of what it runs and loads; null when unknown: then nothing that is kept is found.</param>
    /// <param name="text">The preprocessed text.</param>
    /// <param name="shipped">The unit's object.</param>
    public static byte[] KeyOf(RecompileCommand command, string? compiler, byte[] text, byte[] shipped)
    {
        using var key = new KeyBuilder();
        return key.Add(command.Compiler.ToString(), compiler ?? Guid.NewGuid().ToString(), command.Directory)
            .AddList([.. command.Flags]).Add(text).Add(shipped).ToKey();
    }

    /// <summary>The answer to a question; null when it is not known.</summary>
    public FunctionAnswer? Find(byte[] unitKey, FunctionQuestion question)
    {
        var key = KeyOf(unitKey, question);
        lock (_lock)
        {
            return _known.TryGetValue(key, out var answer) ? _used[key] = answer : null;
        }
    }

    /// <summary>Keeps an answer, unless asking again may give another: then the next build asks.</summary>
    public void Add(byte[] unitKey, FunctionQuestion question, FunctionAnswer answer)
    {
        lock (_lock)
        {
            Added++;
            if (answer.IsLasting)
            {
                _used[KeyOf(unitKey, question)] = answer;
            }
        }
    }

    /// <summary>Writes what was used, and of the rest as much as may be wanted again.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save()
    {
        if (_path is null)
        {
            return;
        }

        var unused = _known.Where(k => !_used.ContainsKey(k.Key)).OrderBy(k => k.Key, StringComparer.Ordinal).Take(MostUnused);
        KeyValuePair<string, FunctionAnswer>[] kept = [.. _used, .. unused];
        StateFile.Write(_path, Magic, Version, writer => writer.WriteList(kept, static (w, k) =>
        {
            w.Write(k.Key);
            AnswerCodec.Write(w, k.Value);
        }));
    }

    /// <summary>The same where something else failed already, which matters more than a file that cannot be written.</summary>
    public void TrySave()
    {
        try
        {
            Save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next build asks again.
        }
    }

    private static string KeyOf(byte[] unitKey, FunctionQuestion question)
    {
        using var key = new KeyBuilder();
        key.Add(unitKey).AddList([.. question.Symbols]).AddList([.. question.Sharing]).AddList([.. question.Apart])
            .AddList([.. question.Explained]).AddList([.. question.Held]).Add(question.Nested.Length);
        foreach (var nested in question.Nested)
        {
            key.Add(nested.Symbol).Add(nested.Line).Add(nested.Column);
        }

        return key.ToText();
    }
}
