namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>The SDK of a wrapper project.</summary>
internal enum ProjectStyle
{
    /// <summary><c>Microsoft.Build.NoTargets</c>.</summary>
    NoTargets,

    /// <summary><c>Microsoft.NET.Sdk</c>.</summary>
    NetSdk,
}
