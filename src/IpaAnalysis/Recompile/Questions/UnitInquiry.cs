using System.Text;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.ObjectCode;
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
        var shipped = await File.ReadAllBytesAsync(path, pool.Cancellation).ConfigureAwait(false);
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
        var baseline = await compiler.CompileWithObject(text).ConfigureAwait(false);
        if (baseline.Failure is { } failure)
        {
            return All(questions, InexactCauses.NotCompiled(failure));
        }

        if (ObjectComparer.FindDifference(baseline.Object!, shipped) is { } difference)
        {
            if (difference.Kind != ObjectDifferenceKind.OtherCode || await WithDebug(text, shipped).ConfigureAwait(false) is not { } other)
            {
                return All(questions, InexactCauses.OtherObject(difference));
            }

            (compiler, baseline) = other;
        }

        if (!baseline.Assembly!.IsMachineKnown)
        {
            return All(questions, InexactCauses.UnknownMachine);
        }

        var unit = new UnitText(compiler, text, SourceScanner.Scan(text));
        var inquiry = new FunctionInquiry(unit, baseline, plan.Options.Enabled);
        return await Task.WhenAll(questions.Select(inquiry.Ask)).ConfigureAwait(false);
    }

    /// <summary>
    /// The compiler and what it makes with the recorded options for debugging information; null unless that is the object's code.
    /// All that is asked then is asked with these options.
    /// </summary>
    private async Task<(UnitCompiler Compiler, CompiledText Baseline)?> WithDebug(byte[] text, byte[] shipped)
    {
        if (!plan.Command!.HasDebug)
        {
            return null;
        }

        // A directory of its own: the runs of both are numbered from one.
        var command = plan.Command with { KeepsDebug = true };
        var compiler = new UnitCompiler(command, environment, Path.Combine(directory, "debug"), plan.Machine, pool);
        var baseline = await compiler.CompileWithObject(text).ConfigureAwait(false);
        return baseline.Failure is null && ObjectComparer.FindDifference(baseline.Object!, shipped) is null ? (compiler, baseline) : null;
    }

    private static FunctionAnswer[] All(FunctionQuestion[] questions, string cause) =>
        [.. questions.Select(_ => new FunctionAnswer { Cause = cause })];
}
