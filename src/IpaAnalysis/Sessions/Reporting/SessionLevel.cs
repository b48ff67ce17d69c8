namespace IpaAnalysis.Sessions.Reporting;

/// <summary>Who is to see a line.</summary>
internal enum SessionLevel
{
    /// <summary>Readers of a detailed log.</summary>
    Detailed,

    /// <summary>Readers of an ordinary log.</summary>
    Normal,

    /// <summary>Everybody.</summary>
    Important,
}
