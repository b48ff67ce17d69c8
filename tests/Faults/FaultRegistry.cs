using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Dying;
using IpaAnalysis.Faults.FileRoles;
using IpaAnalysis.Faults.Hostile;
using IpaAnalysis.Faults.Mutations;
using IpaAnalysis.Faults.Options;
using IpaAnalysis.Faults.Pairs;
using IpaAnalysis.Faults.Space;

namespace IpaAnalysis.Faults;

/// <summary>All programs of faults.</summary>
internal static class FaultRegistry
{
    /// <summary>The programs, in the order in which they run.</summary>
    public static IReadOnlyList<IFaultProgram> All { get; } =
    [
        new SourcesProgram(),
        new EnvironmentProgram(),
        new FilesProgram(),
        new MutationsProgram(),
        new PairsProgram(),
        new OptionsProgram(),
        new DyingProgram(),
        new SpaceProgram(),
    ];

    /// <summary>The programs that do not need the packed package.</summary>
    public static IEnumerable<IFaultProgram> OnLibrary => All.Where(p => p is not PairsProgram);
}
