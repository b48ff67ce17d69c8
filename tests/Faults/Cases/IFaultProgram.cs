namespace IpaAnalysis.Faults.Cases;

/// <summary>A row of cases that try one kind of fault. A new one is added to <see cref="FaultRegistry"/>.</summary>
internal interface IFaultProgram
{
    /// <summary>Its name in the table and for <c>--only</c>.</summary>
    string Name { get; }

    /// <summary>What it tries, in a line.</summary>
    string Description { get; }

    /// <summary>How many cases may run at once.</summary>
    int Jobs => Environment.ProcessorCount;

    /// <summary>The cases; the same for the same settings.</summary>
    IEnumerable<FaultCase> Cases(FaultSettings settings);
}
