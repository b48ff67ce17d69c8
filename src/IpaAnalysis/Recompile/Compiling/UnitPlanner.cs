using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Finds how units are compiled again. Not safe for several threads.</summary>
/// <param name="expander">Finds the compilers that made the objects.</param>
internal sealed class UnitPlanner(OptionExpander expander)
{
    private readonly CommandFinder _finder = new();

    /// <summary>How to compile each unit again, or why that cannot be done.</summary>
    /// <param name="units">The units, as far as they are known, with what their files say.</param>
    /// <param name="cancellation">Ends the compilers.</param>
    public List<UnitPlan> Plan(IReadOnlyList<(Unit? Unit, ObjectSummary Summary)> units, CancellationToken cancellation)
    {
        var queries = new OptionsQuery[units.Count];
        for (var i = 0; i < queries.Length; i++)
        {
            var (summary, options) = (units[i].Summary, units[i].Unit?.Options);
            queries[i] = new OptionsQuery(options, options is null ? summary.Producer : null, [.. summary.Compilers], summary.Machine);
        }

        var expanded = expander.Expand(queries, cancellation);
        var plans = new List<UnitPlan>();
        for (var i = 0; i < queries.Length; i++)
        {
            string? cause = InexactCauses.NoCommand;
            var command = units[i].Unit is { } unit ? _finder.Find(unit, expanded[i], out cause) : null;
            plans.Add(new UnitPlan(units[i].Unit, command, expanded[i], units[i].Summary.Machine, cause));
        }

        return plans;
    }
}
