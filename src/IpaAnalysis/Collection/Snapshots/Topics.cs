using System.Collections.Immutable;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>Everything that collecting asks the file system.</summary>
internal sealed class Topics
{
    private readonly WordPool _pool = new();

    public Topics(WordLists lists)
    {
        Lists = lists;
        KbuildCommand = Commands(file => RecordedCommands.FromKbuild(file, _pool));
        CompileCommands = Commands(file => RecordedCommands.FromDatabase(file, _pool));
        Dependencies = new(q => DependencyList.At(q.Path, Names), static d => !d.IsUnreadable, DependencyList.Write, r => DependencyList.Read(r, Names));
    }

    public WordLists Lists { get; }

    /// <summary>The names of files that lists of dependencies share.</summary>
    public NameTable Names => Lists.Names;

    public Topic<DirectoryNames> DirectoryNames { get; } = new(
        static q => Snapshots.DirectoryNames.List(q.Path), static n => !n.IsUnreadable, Snapshots.DirectoryNames.Write, Snapshots.DirectoryNames.Read);

    public Topic<RecordedCommands> KbuildCommand { get; }

    public Topic<RecordedCommands> CompileCommands { get; }

    public Topic<string?> CallGraphTitle { get; } = new(
        static q => Units.CallGraphTitle.Read(q.Path), static t => t is not null, StateCodec.WriteText, StateCodec.ReadText);

    public Topic<bool> CallGraphCode { get; } = new(
        static q => Units.CallGraphTitle.HasCode(q.Path), static h => h, static (w, b) => w.Write(b), static r => r.ReadBoolean());

    /// <summary>Null when the file cannot be looked at.</summary>
    public Topic<bool?> EmptyFile { get; } = new(
        static q => IsEmpty(q.Path), static e => e is not null, static (w, e) => w.Write((byte)(e is null ? 2 : e.Value ? 1 : 0)), static r => r.ReadByte(2) switch { 2 => null, var e => e == 1 });

    public Topic<bool> LibtoolText { get; } = new(
        static q => IsLibtoolText(q.Path), static _ => true, static (w, b) => w.Write(b), static r => r.ReadBoolean());

    public Topic<SourceAge> SourceAge { get; } = new(
        static q => SourceAges.Compare(q.Path, q.Other), static _ => true, static (w, a) => w.Write((byte)a), static r => (SourceAge)r.ReadByte((byte)Snapshots.SourceAge.Unreadable));

    public Topic<bool> FileExists { get; } = new(
        static q => File.Exists(q.Path), static _ => true, static (w, b) => w.Write(b), static r => r.ReadBoolean());

    public Topic<bool> DirectoryExists { get; } = new(
        static q => Directory.Exists(q.Path), static _ => true, static (w, b) => w.Write(b), static r => r.ReadBoolean());

    public Topic<string> RealPath { get; } = new(
        static q => Files.Native.RealPath.Of(q.Path), static _ => true, static (w, p) => w.Write(p), static r => r.ReadPath());

    public Topic<ObjectLook> Object { get; } = new(
        static q => ObjectLook.At(q.Path), static l => !l.IsUnreadable, ObjectLook.Write, ObjectLook.Read);

    public Topic<ImmutableArray<Digest128>?> Functions { get; } = new(
        static q => ObjectLook.FunctionsAt(q.Path), static _ => true, ObjectLook.WriteDigests, ObjectLook.ReadDigests);

    public Topic<ArchiveLook> Archive { get; } = new(
        static q => ArchivedObject.At(q.Path), static l => !l.IsUnreadable, ArchivedObject.Write, ArchivedObject.Read);

    /// <summary>Null when the list cannot be read.</summary>
    public Topic<KbuildFiles?> KbuildList { get; } = new(
        static q => KbuildFiles.At(q.Path), static f => f is not null, KbuildFiles.Write, KbuildFiles.Read);

    public Topic<DependencyList> Dependencies { get; }

    public Topic<long> FileTime { get; } = new(
        static q => Snapshots.FileTime.Of(q.Path), static _ => true, static (w, t) => w.Write(t), static r => r.ReadInt64());

    /// <summary>Asks anew, whatever the kind.</summary>
    public Answer Ask(Question question, Settling settling) => question.Kind switch
    {
        QuestionKind.DirectoryNames => Ask(question, DirectoryNames, settling, out _),
        QuestionKind.KbuildCommand => Ask(question, KbuildCommand, settling, out _),
        QuestionKind.CompileCommands => Ask(question, CompileCommands, settling, out _),
        QuestionKind.CallGraphTitle => Ask(question, CallGraphTitle, settling, out _),
        QuestionKind.EmptyFile => Ask(question, EmptyFile, settling, out _),
        QuestionKind.LibtoolText => Ask(question, LibtoolText, settling, out _),
        QuestionKind.SourceAge => Ask(question, SourceAge, settling, out _),
        QuestionKind.FileExists => Ask(question, FileExists, settling, out _),
        QuestionKind.DirectoryExists => Ask(question, DirectoryExists, settling, out _),
        QuestionKind.RealPath => Ask(question, RealPath, settling, out _),
        QuestionKind.Object => Ask(question, Object, settling, out _),
        QuestionKind.Functions => Ask(question, Functions, settling, out _),
        QuestionKind.Archive => Ask(question, Archive, settling, out _),
        QuestionKind.KbuildList => Ask(question, KbuildList, settling, out _),
        QuestionKind.Dependencies => Ask(question, Dependencies, settling, out _),
        QuestionKind.FileTime => Ask(question, FileTime, settling, out _),
        QuestionKind.CallGraphCode => Ask(question, CallGraphCode, settling, out _),
        _ => throw new FormatException($"The question {question.Kind} is unknown."),
    };

    /// <summary>Asks anew.</summary>
    public static Answer Ask<T>(Question question, Topic<T> topic, Settling settling, out T value)
    {
        // The identity first: a change while the file is read then shows the next time.
        var identity = default(FileIdentity);
        var isSettled = !Question.DependsOnContent(question.Kind) || settling.Await(question.Path, out identity);
        value = topic.Look(question);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        topic.Write(writer, value);
        writer.Flush();
        return new Answer(stream.ToArray(), identity, isSettled && topic.IsSure(value));
    }

    private Topic<RecordedCommands> Commands(Func<string, RecordedCommands> read) => new(
        q => read(q.Path),
        static c => c.Diagnostics.IsEmpty,
        (w, c) =>
        {
            w.WriteList(c.Commands, (w2, command) => CommandCodec.Write(w2, command, Lists));
            w.WriteList(c.Diagnostics, StateCodec.WriteDiagnostic);
        },
        r => new RecordedCommands(
            [.. r.ReadList(r2 => CommandCodec.Read(r2, Lists))],
            [.. r.ReadList(StateCodec.ReadDiagnostic)]));

    private static bool? IsEmpty(string path)
    {
        try
        {
            return new FileInfo(path).Length == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsLibtoolText(string path)
    {
        try
        {
            using var file = InputFile.Open(path, FileRole.Object);
            Span<byte> first = stackalloc byte[1];
            return file.Read(0, first) == 1 && first[0] == (byte)'#';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
