using System.Collections.Immutable;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Compilers.Options;

/// <summary>All that is known about how an object was compiled. Objects of which the same is known share one question.</summary>
/// <param name="Recorded">What the build recorded; null when it did not.</param>
/// <param name="Producer">What the object records: <c>GNU C17 12.2.0 -mtune=generic -O2 …</c>; null when it does not or was not asked.</param>
/// <param name="Compilers">The strings of the object's <c>.comment</c>; empty when there are none.</param>
/// <param name="Machine">The processor that the object is for.</param>
internal sealed record OptionsQuery(RecordedOptions? Recorded, string? Producer, ImmutableArray<string> Compilers, ElfMachine Machine)
{
    /// <inheritdoc/>
    public bool Equals(OptionsQuery? other) =>
        other is not null
        && Machine == other.Machine
        && Producer == other.Producer
        && Equals(Recorded, other.Recorded)
        && Compilers.AsSpan().SequenceEqual(other.Compilers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Machine, Producer, Recorded, Compilers.Length);
}
