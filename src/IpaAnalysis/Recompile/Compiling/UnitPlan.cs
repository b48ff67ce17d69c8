using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>How to compile a unit again: a command, or the cause why there is none.</summary>
/// <param name="Unit">The unit; null when it is not known.</param>
/// <param name="Command">The command.</param>
/// <param name="Options">What its options mean.</param>
/// <param name="Machine">The processor that the object is for.</param>
/// <param name="Cause">Why there is no command.</param>
internal sealed record UnitPlan(Unit? Unit, RecompileCommand? Command, ObjectOptions Options, ElfMachine Machine, string? Cause);
