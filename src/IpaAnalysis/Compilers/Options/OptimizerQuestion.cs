using System.Collections.Immutable;

namespace IpaAnalysis.Compilers.Options;

/// <summary>What a compiler is asked: which passes do these options leave on?</summary>
/// <param name="Compiler">Who is asked.</param>
/// <param name="Flags">The options; none names an input or an output.</param>
/// <param name="WorkingDirectory">The absolute directory that relative names in the options start from.</param>
internal sealed record OptimizerQuestion(CompilerIdentity Compiler, ImmutableArray<string> Flags, string WorkingDirectory)
{
    /// <summary>The same question with more options behind the others.</summary>
    public OptimizerQuestion With(IEnumerable<string> flags) => this with { Flags = Flags.AddRange(flags) };

    /// <inheritdoc/>
    public bool Equals(OptimizerQuestion? other) =>
        other is not null
        && Compiler == other.Compiler
        && WorkingDirectory == other.WorkingDirectory
        && Flags.AsSpan().SequenceEqual(other.Flags.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Compiler);
        foreach (var flag in Flags)
        {
            hash.Add(flag, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
