using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>
/// The one way by which collecting looks at the file system: answers that are known still to be right are not asked for
/// again, and each is kept for the next time.
/// </summary>
internal sealed class TreeObserver
{
    private readonly IReadOnlyDictionary<Question, Answer> _remembered;
    private readonly ConcurrentDictionary<Question, Answer>? _asked;
    private readonly Settling _settling = new();

    private TreeObserver(Topics topics, IReadOnlyDictionary<Question, Answer> remembered, ConcurrentDictionary<Question, Answer>? asked)
    {
        Topics = topics;
        _remembered = remembered;
        _asked = asked;
    }

    public Topics Topics { get; }

    /// <summary>Every question that was asked.</summary>
    public IReadOnlyDictionary<Question, Answer> Asked => _asked ?? _remembered;

    /// <summary>One that asks everything and keeps nothing.</summary>
    public static TreeObserver Plain() => new(new Topics(new WordLists()), new Dictionary<Question, Answer>(), null);

    /// <summary>One that keeps what it asks, and knows some answers.</summary>
    public static TreeObserver With(Topics topics, IReadOnlyDictionary<Question, Answer> remembered) =>
        new(topics, remembered, new ConcurrentDictionary<Question, Answer>());

    public DirectoryNames NamesIn(string directory) => Ask(new Question(QuestionKind.DirectoryNames, directory), Topics.DirectoryNames);

    public RecordedCommands KbuildCommand(string file) => Ask(new Question(QuestionKind.KbuildCommand, file), Topics.KbuildCommand);

    public RecordedCommands CompileCommands(string file) => Ask(new Question(QuestionKind.CompileCommands, file), Topics.CompileCommands);

    public string? CallGraphTitle(string file) => Ask(new Question(QuestionKind.CallGraphTitle, file), Topics.CallGraphTitle);

    public bool HasCode(string callGraph) => Ask(new Question(QuestionKind.CallGraphCode, callGraph), Topics.CallGraphCode);

    public bool? IsEmpty(string file) => Ask(new Question(QuestionKind.EmptyFile, file), Topics.EmptyFile);

    public bool IsLibtoolText(string file) => Ask(new Question(QuestionKind.LibtoolText, file), Topics.LibtoolText);

    public SourceAge AgeOf(string source, string objectFile) => Ask(new Question(QuestionKind.SourceAge, source, objectFile), Topics.SourceAge);

    public bool FileExists(string path) => Ask(new Question(QuestionKind.FileExists, path), Topics.FileExists);

    public bool DirectoryExists(string path) => Ask(new Question(QuestionKind.DirectoryExists, path), Topics.DirectoryExists);

    public string RealPath(string path) => Ask(new Question(QuestionKind.RealPath, path), Topics.RealPath);

    public ObjectLook ObjectAt(string path) => Ask(new Question(QuestionKind.Object, path), Topics.Object);

    public ImmutableArray<Digest128>? FunctionsOf(string path) => Ask(new Question(QuestionKind.Functions, path), Topics.Functions);

    public ArchiveLook Archive(string path) => Ask(new Question(QuestionKind.Archive, path), Topics.Archive);

    public KbuildFiles? KbuildList(string path) => Ask(new Question(QuestionKind.KbuildList, path), Topics.KbuildList);

    public DependencyList Dependencies(string path) => Ask(new Question(QuestionKind.Dependencies, path), Topics.Dependencies);

    public long TimeOf(string path) => Ask(new Question(QuestionKind.FileTime, path), Topics.FileTime);

    private T Ask<T>(Question question, Topic<T> topic)
    {
        if (_asked is null)
        {
            return topic.Look(question);
        }

        if ((_asked.TryGetValue(question, out var answer) || _remembered.TryGetValue(question, out answer)) && TryDecode(answer, topic, out var value))
        {
            _asked[question] = answer;
            return value;
        }

        _asked[question] = Topics.Ask(question, topic, _settling, out value);
        return value;
    }

    /// <summary>Decodes an answer; false when it is none, however right the checksum was.</summary>
    private static bool TryDecode<T>(Answer answer, Topic<T> topic, [MaybeNullWhen(false)] out T value)
    {
        try
        {
            value = topic.Read(new StateReader(answer.Content));
            return true;
        }
        catch (FormatException)
        {
            value = default;
            return false;
        }
    }
}
