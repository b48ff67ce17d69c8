namespace IpaAnalysis.CommandLines.Options;

/// <summary>What a command hands on with <c>-Wp,</c>, <c>-Wa,</c>, <c>-Xpreprocessor</c> and <c>-Xassembler</c>, in their order.</summary>
/// <remarks>
/// The driver joins all of them, wherever in the command they stand (<c>add_preprocessor_option</c>, <c>add_assembler_option</c> in
/// <c>gcc/gcc.cc</c>): an option at the end of one has its value at the beginning of the next.
/// </remarks>
internal sealed class OptionParts
{
    private readonly List<OptionPart> _preprocessor = [];
    private readonly List<OptionPart> _assembler = [];

    /// <summary>The compiler's, which preprocesses.</summary>
    public IReadOnlyList<OptionPart> Preprocessor => _preprocessor;

    /// <summary>The assembler's.</summary>
    public IReadOnlyList<OptionPart> Assembler => _assembler;

    /// <summary>Adds an argument with <see cref="OptionEffect.Parts"/>.</summary>
    public void Add(OptionArgument argument, ReadOnlySpan<string> words)
    {
        var parts = argument.Name is "-Wp," or "-Xpreprocessor" ? _preprocessor : _assembler;
        var value = argument.Value(words);
        if (!argument.Name.StartsWith("-W", StringComparison.Ordinal))
        {
            if (argument.ValueIndex >= 0)
            {
                parts.Add(new(value.ToString(), argument.Index));
            }

            return;
        }

        foreach (var range in value.Split(','))
        {
            parts.Add(new(value[range].ToString(), argument.Index));
        }
    }

    /// <summary>Reads all of a command's.</summary>
    /// <param name="words">The words behind the compiler.</param>
    public static OptionParts Of(ReadOnlySpan<string> words)
    {
        var parts = new OptionParts();
        var reader = new OptionReader(words);
        while (reader.MoveNext())
        {
            if (reader.Current.Effect == OptionEffect.Parts)
            {
                parts.Add(reader.Current, words);
            }
        }

        return parts;
    }
}
