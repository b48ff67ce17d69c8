using System.Text;
using IpaAnalysis.Files;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Asks one unit's compiler about functions, and does not ask again what is known of the same text, command and object.</summary>
internal sealed class UnitInquiry(
    UnitPlan plan, IReadOnlyDictionary<string, string> environment, string directory, CompilePool pool, AnswerStore store)
{
    private byte[] _text = [];

    /// <summary>Absolute paths of the files that the text was made from, as far as it was made.</summary>
    public IEnumerable<string> Files => plan.Command is { } command ? LineMarkers.FilesOf(_text, command.Directory) : [];

    /// <summary>Answers questions, in their order.</summary>
    public async Task<FunctionAnswer[]> Ask(FunctionQuestion[] questions)
    {
        if (plan.Command is not { } command)
        {
            return All(questions, plan.Cause!);
        }

        if (plan.Unit?.ObjectPath is not { } path || !File.Exists(path))
        {
            return All(questions, InexactCauses.NoObject);
        }

        var compiler = new UnitCompiler(command, environment, directory, plan.Machine, pool);
        var (text, failure) = await compiler.Preprocess().ConfigureAwait(false);
        if (text is null)
        {
            return All(questions, InexactCauses.NotPreprocessed(failure!));
        }

        _text = text;
        byte[] shipped;
        try
        {
            shipped = InputFile.ReadAllBytes(path, FileRole.Object);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return All(questions, InexactCauses.ObjectUnreadable(FileProblem.Describe(e)));
        }

        var key = AnswerStore.KeyOf(command, text, shipped);
        var answers = questions.Select(q => store.Find(key, q)).ToArray();
        if (Array.Exists(answers, a => a is null))
        {
            var open = Enumerable.Range(0, questions.Length).Where(i => answers[i] is null).ToArray();
            var found = await AskCompiler(compiler, text, shipped, [.. open.Select(i => questions[i])]).ConfigureAwait(false);
            foreach (var (index, answer) in open.Zip(found))
            {
                answers[index] = answer;
                store.Add(key, questions[index], answer);
            }
        }

        return answers!;
    }

    private async Task<FunctionAnswer[]> AskCompiler(UnitCompiler compiler, byte[] text, byte[] shipped, FunctionQuestion[] questions)
    {
        var unit = new UnitText(compiler, text, SourceScanner.Scan(text));
        var baseline = await compiler.CompileWithObject(text).ConfigureAwait(false);
        if (baseline.Failure is { } failure)
        {
            return All(questions, InexactCauses.NotCompiled(failure));
        }

        if (ObjectCode.FindDifference(baseline.Object!, shipped) is { } difference)
        {
            return All(questions, InexactCauses.OtherCode(difference));
        }

        if (!baseline.Assembly!.IsMachineKnown)
        {
            return All(questions, InexactCauses.UnknownMachine);
        }

        var inquiry = new FunctionInquiry(unit, baseline, plan.Options.Enabled);
        return await Task.WhenAll(questions.Select(inquiry.Ask)).ConfigureAwait(false);
    }

    private static FunctionAnswer[] All(FunctionQuestion[] questions, string cause) =>
        [.. questions.Select(_ => new FunctionAnswer { Cause = cause })];
}
