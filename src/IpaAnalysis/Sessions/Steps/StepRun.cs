using System.Globalization;

namespace IpaAnalysis.Sessions.Steps;

/// <summary>What became of a step in this build: how many of its slots had each reason.</summary>
/// <param name="Step">The step.</param>
/// <param name="Counts">A count for each <see cref="StepReason"/>.</param>
/// <param name="Why">The file and the change that made it run, as <c>FILE: why</c>; null when it did not run, or for no one file.</param>
internal sealed record StepRun(BuildStep Step, IReadOnlyList<int> Counts, string? Why)
{
    /// <summary>The run of a step that has one slot.</summary>
    public static StepRun Of(BuildStep step, StepReason reason, string? why = null) => Of(step, [reason], why);

    /// <summary>The run of a step with a slot for each reason.</summary>
    public static StepRun Of(BuildStep step, IEnumerable<StepReason> reasons, string? why = null)
    {
        var counts = new int[Enum.GetValues<StepReason>().Length];
        foreach (var reason in reasons)
        {
            counts[(int)reason]++;
        }

        return new StepRun(step, counts, why);
    }

    /// <summary>The weightiest reason of a slot; cached for a step without slots.</summary>
    public StepReason Reason => Enum.GetValues<StepReason>().LastOrDefault(r => Counts[(int)r] > 0, StepReason.Cached);

    /// <summary>The step's name as logs write it.</summary>
    public static string NameOf(BuildStep step) => step.ToString().ToLowerInvariant();

    /// <summary>One line for a detailed log, such as <c>Step summarise: 1 modified, 41 cached (DUMP: its size changed).</c></summary>
    public override string ToString()
    {
        string[] parts = [.. Enum.GetValues<StepReason>().Reverse().Where(r => Counts[(int)r] > 0).Select(Part)];
        return $"Step {NameOf(Step)}: {(parts.Length == 0 ? "nothing to do" : string.Join(", ", parts))}{(Why is null ? "" : $" ({Why})")}.";
    }

    private string Part(StepReason reason) =>
        Counts.Sum() == 1 ? NameOf(reason) : string.Create(CultureInfo.InvariantCulture, $"{Counts[(int)reason]} {NameOf(reason)}");

    private static string NameOf(StepReason reason) => reason.ToString().ToLowerInvariant();
}
