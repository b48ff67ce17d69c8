namespace IpaAnalysis.MSBuild.Locks;

/// <summary>What a task has to do with the lock over the intermediate directory.</summary>
internal enum LockUse
{
    /// <summary>It starts anew: what earlier tasks did does not matter to it. The lock stays for the tasks after it.</summary>
    Begins,

    /// <summary>It rests on what earlier tasks of the project did under the lock, which stays for the tasks after it.</summary>
    Continues,

    /// <summary>As <see cref="Continues"/>, but it is the last that looks at what lies in the directory.</summary>
    Ends,

    /// <summary>It starts anew and nothing follows.</summary>
    Alone,
}
