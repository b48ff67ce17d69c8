namespace IpaAnalysis.Processes;

/// <summary>What a tree of processes does at one moment.</summary>
/// <param name="Count">Its processes, ended ones that nobody has waited for among them.</param>
/// <param name="Ticks">Processor time that they have used, in hundredths of a second.</param>
/// <param name="IsBusy">Whether one of them runs or waits for a disk.</param>
internal readonly record struct TreeActivity(int Count, ulong Ticks, bool IsBusy);
