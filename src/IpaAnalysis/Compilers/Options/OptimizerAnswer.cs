using System.Collections.Immutable;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Compilers.Options;

/// <summary>What a compiler says about the passes of <see cref="IpaPasses"/>.</summary>
/// <param name="Existing">Names of the passes that it has, sorted.</param>
/// <param name="Enabled">Names of the passes that its table shows as enabled, sorted.</param>
/// <param name="Refusal">Why it does not accept the options, in its own words without absolute paths; null when it does. Then nothing of the rest counts.</param>
internal sealed record OptimizerAnswer(ImmutableArray<string> Existing, ImmutableArray<string> Enabled, string? Refusal)
{
    /// <summary>Whether the compiler could not be run to its end, so that the next time may be different.</summary>
    public bool IsTransient { get; init; }

    internal static OptimizerAnswer From(OptimizerTable table) => new(
        [.. IpaPasses.All.Where(p => table.HasSwitch(p.Option)).Select(p => p.Name)],
        [.. IpaPasses.All.Where(p => table.IsEnabled(p.Option)).Select(p => p.Name)],
        null);

    internal static OptimizerAnswer Refused(string refusal, bool isTransient) => new([], [], refusal) { IsTransient = isTransient };
}
