using System.Collections.Immutable;

namespace IpaAnalysis.Compilers.Options;

/// <summary>What an object's options mean to the compiler that made it.</summary>
internal sealed record ObjectOptions
{
    /// <summary>The compiler for messages, such as <c>GCC 12.2.0</c>; empty when unknown.</summary>
    public required string Compiler { get; init; }

    /// <summary>The compiler that was asked, and that can make the object again; null when it is not known or may not be run.</summary>
    public CompilerIdentity? Identity { get; init; }

    /// <summary>Names of the catalogue's passes that acted, sorted: the compiler's own table, corrected where it is known to be wrong.</summary>
    public required ImmutableArray<string> Enabled { get; init; }

    /// <summary>Names of the catalogue's passes that this compiler has at all, sorted.</summary>
    public required ImmutableArray<string> Existing { get; init; }

    /// <summary>The recorded words that decide about the catalogue's passes, such as <c>-O2 -pg</c>; empty when there are none.</summary>
    public required string Deciding { get; init; }

    /// <summary>Why it is not known which passes acted, and what can be done about it, without absolute paths; null when it is known.</summary>
    public string? Problem { get; init; }

    internal static ObjectOptions Unknown(string compiler, string deciding, string problem) =>
        new() { Compiler = compiler, Enabled = [], Existing = [], Deciding = deciding, Problem = problem };

    /// <inheritdoc/>
    public bool Equals(ObjectOptions? other) =>
        other is not null
        && Compiler == other.Compiler
        && Identity == other.Identity
        && Deciding == other.Deciding
        && Problem == other.Problem
        && Enabled.AsSpan().SequenceEqual(other.Enabled.AsSpan())
        && Existing.AsSpan().SequenceEqual(other.Existing.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Compiler, Deciding, Problem, Enabled.Length, Existing.Length);
}
