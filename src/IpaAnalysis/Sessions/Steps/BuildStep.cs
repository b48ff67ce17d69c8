namespace IpaAnalysis.Sessions.Steps;

/// <summary>The steps of a build, in their order. Their names stand in detailed logs and in what <c>-question</c> reports.</summary>
internal enum BuildStep
{
    /// <summary>Our own compile of C sources, one slot for each source.</summary>
    Compile,

    /// <summary>Kernel modules and trees through make, one slot for each.</summary>
    Kbuild,

    /// <summary>Finds the units and pairs their files.</summary>
    Collect,

    /// <summary>Reads units' files into summaries, one slot for each unit.</summary>
    Summarise,

    /// <summary>Finds the functions that are asked about.</summary>
    Resolve,

    /// <summary>Walks the rules over what dumps and call graphs show.</summary>
    Impact,

    /// <summary>Asks compilers what the dumps do not show.</summary>
    Exact,

    /// <summary>Judges the passes that acted.</summary>
    Gate,

    /// <summary>Writes the manifest and what else is asked for.</summary>
    Outputs,
}
