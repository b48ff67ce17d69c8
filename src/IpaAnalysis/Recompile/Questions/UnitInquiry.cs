using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Processes;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.ObjectCode;
using IpaAnalysis.Recompile.Questions.Answers;
using IpaAnalysis.Recompile.Questions.Texts;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Asks one unit's compiler about functions, and does not ask again what is known of the same text, command and object.</summary>
internal sealed class UnitInquiry(
    UnitPlan plan, IReadOnlyDictionary<string, string> environment, RunBounds bounds, string directory, CompilePool pool, AnswerStore store, CompilerStates compilers)
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

        var compiler = new UnitCompiler(command, environment, bounds, directory, plan.Machine, pool);
        var (text, failure) = await compiler.Preprocess().ConfigureAwait(false);
        if (text is null)
        {
            return All(questions, InexactCauses.NotPreprocessed(failure!.Message), failure.IsOfText);
        }

        _text = text;
        if (MemoryImage.IsIn(text))
        {
            return All(questions, InexactCauses.MemoryImage);
        }

        byte[] shipped;
        try
        {
            shipped = InputFile.ReadAllBytes(path, FileRole.Object);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return All(questions, InexactCauses.ObjectUnreadable(FileProblem.Describe(e)));
        }

        var key = AnswerStore.KeyOf(command, compilers.Of(command), text, shipped);
        var answers = questions.Select(q => store.Find(key, q)).ToArray();
        if (Array.Exists(answers, a => a is null))
        {
            var open = Enumerable.Range(0, questions.Length).Where(i => answers[i] is null).ToArray();
            var found = await AskCompiler(compiler, key, text, shipped, [.. open.Select(i => questions[i])]).ConfigureAwait(false);
            foreach (var (index, answer) in open.Zip(found))
            {
                answers[index] = answer;
            }
        }

        return answers!;
    }

    private async Task<FunctionAnswer[]> AskCompiler(UnitCompiler compiler, byte[] key, byte[] text, byte[] shipped, FunctionQuestion[] questions)
    {
        var baseline = await compiler.CompileWithObject(text).ConfigureAwait(false);
        if (baseline.Failure is { } failure)
        {
            return KeepAll(key, questions, InexactCauses.NotCompiled(failure.Message), failure.IsOfText);
        }

        if (ObjectComparer.FindDifference(baseline.Object!, shipped) is { } difference)
        {
            if (difference.Kind != ObjectDifferenceKind.OtherCode || await WithDebug(text, shipped).ConfigureAwait(false) is not { } other)
            {
                return KeepAll(key, questions, InexactCauses.OtherObject(difference, plan.Command!.Loaded.Plugins), isLasting: true);
            }

            (compiler, baseline) = other;
        }

        if (plan.Command!.Loaded.Plugins is { IsEmpty: false } plugins)
        {
            // A plugin may draw numbers or count: then no two compiles can be compared.
            var again = await compiler.CompileAgain(text).ConfigureAwait(false);
            if (again.Failure is { } second)
            {
                return KeepAll(key, questions, InexactCauses.NotCompiled(second.Message), second.IsOfText);
            }

            if (ObjectComparer.FindDifference(again.Object!, baseline.Object!) is { } drawn)
            {
                return KeepAll(key, questions, InexactCauses.PluginVaries(plugins, drawn.Text), isLasting: true);
            }
        }

        if (!baseline.Assembly!.IsMachineKnown)
        {
            return KeepAll(key, questions, InexactCauses.UnknownMachine, isLasting: true);
        }

        (text, baseline) = await WithoutNumbers(compiler, text, baseline).ConfigureAwait(false);
        var unit = new UnitText(compiler, text, SourceScanner.Scan(text), []);
        var inquiry = new FunctionInquiry(unit, baseline, plan.Options.Enabled, plan.Unit);
        return await Task.WhenAll(questions.Select(AskAndKeep)).ConfigureAwait(false);

        // At once, so that what was found stays when another question fails or the build is cancelled.
        async Task<FunctionAnswer> AskAndKeep(FunctionQuestion question)
        {
            var answer = await inquiry.Ask(question).ConfigureAwait(false);
            store.Add(key, question, answer);
            return answer;
        }
    }

    private FunctionAnswer[] KeepAll(byte[] key, FunctionQuestion[] questions, string cause, bool isLasting)
    {
        var answers = questions.Select(_ => FunctionAnswer.Unknown(cause, isLasting)).ToArray();
        foreach (var (question, answer) in questions.Zip(answers))
        {
            store.Add(key, question, answer);
        }

        return answers;
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
        var compiler = new UnitCompiler(command, environment, bounds, Path.Combine(directory, "debug"), plan.Machine, pool);
        var baseline = await compiler.CompileWithObject(text).ConfigureAwait(false);
        return baseline.Failure is null && ObjectComparer.FindDifference(baseline.Object!, shipped) is null ? (compiler, baseline) : null;
    }

    /// <summary>The text whose inline assembly has no numbers of instances, and what it compiles to; both as they are where it has none or compiles to other code.</summary>
    private static async Task<(byte[] Text, CompiledText Baseline)> WithoutNumbers(UnitCompiler compiler, byte[] text, CompiledText baseline)
    {
        if (AssemblyNumbers.Without(text) is not { } plain)
        {
            return (text, baseline);
        }

        var compiled = await compiler.Compile(plain).ConfigureAwait(false);
        return compiled.Assembly is { } assembly && assembly.HasShapeOf(baseline.Assembly!) ? (plain, compiled) : (text, baseline);
    }

    private static FunctionAnswer[] All(FunctionQuestion[] questions, string cause, bool isLasting = true) =>
        [.. questions.Select(_ => FunctionAnswer.Unknown(cause, isLasting))];
}
