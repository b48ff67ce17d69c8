using IpaAnalysis.Recompile.Assembly.Units;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>What the compiler made of a preprocessed text: an assembly and its records, or the reason why there is none.</summary>
internal sealed record CompiledText
{
    /// <summary>The assembly; null after a failure.</summary>
    public AssemblyUnit? Assembly { get; init; }

    /// <summary>What the assembly is assembled to; null unless asked for.</summary>
    public byte[]? Object { get; init; }

    /// <summary>Why there is no assembly; null when there is one.</summary>
    public CompileFailure? Failure { get; init; }

    /// <summary>What it inlined where; nothing after a failure.</summary>
    public Inlinings Inlinings { get; init; } = Inlinings.None;

    /// <summary>Names of static variables that nothing writes.</summary>
    public IReadOnlySet<string> ReadOnlyVariables { get; init; } = new HashSet<string>();

    /// <summary>Names of static variables that nothing reads.</summary>
    public IReadOnlySet<string> WriteOnlyVariables { get; init; } = new HashSet<string>();
}
