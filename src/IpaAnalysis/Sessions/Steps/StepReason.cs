namespace IpaAnalysis.Sessions.Steps;

/// <summary>Why a step, or one slot of it, ran or did not; the words are those of Roslyn's incremental generators.</summary>
internal enum StepReason
{
    /// <summary>
    /// Its input is that of the last build, and with it its result. A result that is not kept is made again from kept summaries and
    /// answers, without a file that is read or a compiler that is asked.
    /// </summary>
    Cached,

    /// <summary>It was in the last build and is no longer.</summary>
    Removed,

    /// <summary>Its input changed and its result did not: nothing behind it has a reason to run.</summary>
    Unchanged,

    /// <summary>Its input and its result changed.</summary>
    Modified,

    /// <summary>The last build has none.</summary>
    New,
}
