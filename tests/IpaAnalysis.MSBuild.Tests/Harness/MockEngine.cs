using System.Collections;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Tests.Harness;

/// <summary>Keeps what a task logs.</summary>
internal class MockEngine : IBuildEngine
{
    public List<BuildErrorEventArgs> Errors { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildMessageEventArgs> Messages { get; } = [];

    /// <summary>Everything with a code, as <c>CODE message</c>.</summary>
    public IEnumerable<string> Coded =>
        Errors.Select(e => $"{e.Code} {e.Message}").Concat(Warnings.Select(w => $"{w.Code} {w.Message}"));

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "test.csproj";

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

    public void LogCustomEvent(CustomBuildEventArgs e) => Messages.Clear();

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e);

    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Add(e);

    public void LogWarningEvent(BuildWarningEventArgs e) => Warnings.Add(e);
}
