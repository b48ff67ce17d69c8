namespace IpaAnalysis.Passes;

/// <summary>GCC's <c>-O</c> levels.</summary>
[Flags]
internal enum OptimizationLevels
{
    /// <summary>None: only where it is asked for by name.</summary>
    None = 0,

    /// <summary><c>-O0</c>, the default.</summary>
    O0 = 1,

    /// <summary><c>-O1</c>.</summary>
    O1 = 2,

    /// <summary><c>-Og</c>.</summary>
    Og = 4,

    /// <summary><c>-O2</c>.</summary>
    O2 = 8,

    /// <summary><c>-Os</c>.</summary>
    Os = 16,

    /// <summary><c>-O3</c> and <c>-Ofast</c>.</summary>
    O3 = 32,

    /// <summary>What GCC's manual lists under <c>-O2</c>, with what builds on it.</summary>
    FromO2 = O2 | Os | O3,

    /// <summary>What GCC's manual lists under <c>-O1</c> and <c>-Og</c> as well.</summary>
    FromOg = Og | O1 | FromO2,

    /// <summary>Every level.</summary>
    All = O0 | FromOg,
}
