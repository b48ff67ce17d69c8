using System.Collections.Immutable;
using IpaAnalysis.Files.State;
using IpaAnalysis.Recompile.Questions.Texts;

namespace IpaAnalysis.Recompile.Questions.Answers;

/// <summary>The binary form of an answer whose problems are lasting ones.</summary>
internal static class AnswerCodec
{
    public static void Write(BinaryWriter writer, FunctionAnswer answer)
    {
        WriteTexts(writer, [.. answer.Problems.Select(static p => p.Cause)]);
        writer.WriteList(answer.Facts, WriteDependant);
        writer.WriteList(answer.Decisions, WriteDependant);
        WriteTexts(writer, answer.Different);
        WriteTexts(writer, answer.Same);
        writer.WriteList(answer.UnsafeCallees, static (w, c) =>
        {
            w.Write(c.Symbol);
            w.Write(c.Function);
            w.Write(c.Pass);
        });
        writer.WriteList(answer.FoldedVariables, static (w, v) =>
        {
            w.Write(v.Name);
            WriteTexts(w, v.Readers);
            WriteTexts(w, v.Writers);
        });
    }

    public static FunctionAnswer Read(StateReader reader) => new()
    {
        Problems = [.. ReadTexts(reader).Select(static c => new InquiryProblem(c, IsLasting: true))],
        Facts = [.. reader.ReadList(ReadDependant)],
        Decisions = [.. reader.ReadList(ReadDependant)],
        Different = ReadTexts(reader),
        Same = ReadTexts(reader),
        UnsafeCallees = [.. reader.ReadList(static r => new FunctionAnswer.Callee(r.ReadString(), r.ReadString(), r.ReadString()))],
        FoldedVariables = [.. reader.ReadList(static r => new FunctionAnswer.Variable(r.ReadString(), ReadTexts(r), ReadTexts(r)))],
    };

    private static void WriteDependant(BinaryWriter writer, FunctionAnswer.Dependant dependant)
    {
        writer.Write(dependant.Symbol);
        writer.Write(dependant.Pass);
        writer.Write(dependant.Difference);
        writer.Write(dependant.IsShown);
    }

    private static FunctionAnswer.Dependant ReadDependant(StateReader reader) => new(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadBoolean());

    private static void WriteTexts(BinaryWriter writer, ImmutableArray<string> texts) => writer.WriteList(texts, static (w, t) => w.Write(t));

    private static ImmutableArray<string> ReadTexts(StateReader reader) => [.. reader.ReadList(static r => r.ReadString())];
}
