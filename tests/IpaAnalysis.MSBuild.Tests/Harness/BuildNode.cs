using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Tests.Harness;

/// <summary>What a build keeps between tasks, and how one instance of a project sees it.</summary>
/// <param name="kept">The objects of the build; shared by the instances of one build.</param>
/// <param name="properties">The instance's global properties.</param>
internal sealed class BuildNode(ConcurrentDictionary<object, object> kept, IReadOnlyDictionary<string, string> properties) : MockEngine, IBuildEngine6
{
    /// <summary>How often a task gave the node to others.</summary>
    public int Yields { get; private set; }

    public bool IsRunningMultipleNodes => false;

    /// <summary>Disposes of what a build kept, as MSBuild does at its end.</summary>
    public static void End(ConcurrentDictionary<object, object> kept)
    {
        foreach (var disposable in kept.Values.OfType<IDisposable>())
        {
            disposable.Dispose();
        }

        kept.Clear();
    }

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => properties;

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) => kept[key] = obj;

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => kept.GetValueOrDefault(key)!;

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => kept.TryRemove(key, out var found) ? found : null!;

    public void Yield() => Yields++;

    public void Reacquire()
    {
    }

    public void LogTelemetry(string eventName, IDictionary<string, string> properties)
    {
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) => false;

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IDictionary[] targetOutputsPerProject, string[] toolsVersion, bool useResultsCache, bool unloadProjectsOnCompletion) => false;

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IList<string>[] removeGlobalProperties, string[] toolsVersion, bool returnTargetOutputs) => new(false, []);
}
