using IpaAnalysis.Collection;
using IpaAnalysis.Sessions.State;

namespace IpaAnalysis.MSBuild;

/// <summary>What the tasks that work on collected units have in common.</summary>
public abstract class IpaUnitsTask : IpaReadingTask
{
    /// <summary>What <see cref="IpaCollectUnits"/> says of the units and their files; empty: the files are to say it.</summary>
    public string UnitsKey { get; set; } = "";

    /// <summary>Whether the compiler is asked what depends on functions: <c>auto</c>, <c>true</c> or <c>false</c>; empty for <c>auto</c>.</summary>
    public string ExactImpact { get; set; } = "";

    /// <summary>The compiler that is asked where an object names none.</summary>
    public string Compiler { get; set; } = "";

    /// <summary>What collecting saw of the files, if that was in this build and process.</summary>
    private protected CollectionMemory? Memory => Shared<CollectionMemory>(NameOfMemory(UnitsKey));

    private protected override bool IsAsLeft() => CollectNotes.AreCurrent(new SessionFiles(Absolute(OutputList)), UnitsKey, Settings.Jobs, Cancellation);
}
