using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines;

/// <summary>
/// The part of a recorded compile that decides which passes ran: a whole kernel has some dozens of different ones.
/// It is data: nothing here runs or expands it.
/// </summary>
internal sealed record RecordedOptions
{
    /// <summary>The compiler as written; empty when only its version is known.</summary>
    public required string Compiler { get; init; }

    /// <summary>The options that can decide about passes, in their order (see <see cref="From(RecordedCommand, OptionOrigin, bool)"/>).</summary>
    public required ImmutableArray<string> Flags { get; init; }

    /// <summary>Who recorded them.</summary>
    public required OptionOrigin Origin { get; init; }

    /// <summary>The absolute directory that the compiler ran in; null when unknown.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether whoever made the record may name programs, plugins and spec files to run.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Takes from a command what decides about passes.</summary>
    /// <param name="command">A command that compiles C.</param>
    /// <param name="origin">Who recorded it.</param>
    /// <param name="isTrusted">Whether what it names may be run.</param>
    public static RecordedOptions From(RecordedCommand command, OptionOrigin origin, bool isTrusted)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new RecordedOptions
        {
            Compiler = command.Compiler,
            Flags = PassFlags.Select(command.Words.AsSpan()[Math.Min(1, command.Words.Length)..]),
            Origin = origin,
            WorkingDirectory = command.WorkingDirectory,
            IsTrusted = isTrusted,
        };
    }

    /// <inheritdoc/>
    public bool Equals(RecordedOptions? other) =>
        other is not null
        && Compiler == other.Compiler
        && Origin == other.Origin
        && WorkingDirectory == other.WorkingDirectory
        && IsTrusted == other.IsTrusted
        && Flags.AsSpan().SequenceEqual(other.Flags.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Compiler, StringComparer.Ordinal);
        foreach (var flag in Flags)
        {
            hash.Add(flag, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
