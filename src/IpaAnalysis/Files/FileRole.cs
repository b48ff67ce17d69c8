namespace IpaAnalysis.Files;

/// <summary>What a file from outside is read as; <see cref="FileBounds"/> says how large each may be.</summary>
internal enum FileRole
{
    /// <summary>A clone dump, call graph or folding record that the compiler wrote.</summary>
    CompilerRecord,

    /// <summary>An object, read in pieces.</summary>
    Object,

    /// <summary>The command of one target as kbuild records it, or the list of a module's objects.</summary>
    KbuildRecord,

    /// <summary>A database of compile commands.</summary>
    CompileCommands,

    /// <summary>A C source, header or preprocessed text.</summary>
    Source,

    /// <summary>A makefile, a kernel's configuration, a response file or a list of dependencies.</summary>
    BuildText,

    /// <summary>A baseline of the gate.</summary>
    Baseline,

    /// <summary>What this package keeps between builds.</summary>
    State,

    /// <summary>What this package wrote for users, compared with what it would write now.</summary>
    Output,

    /// <summary>A file of which only the hash is wanted.</summary>
    Hashed,

    /// <summary>A file that the kernel makes as it is read (<c>proc(5)</c>): it says no length, and is read to its end.</summary>
    KernelText,
}
