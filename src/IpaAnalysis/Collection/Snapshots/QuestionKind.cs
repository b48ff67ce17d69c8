namespace IpaAnalysis.Collection.Snapshots;

/// <summary>What can be asked of the file system. The numbers are kept in files.</summary>
internal enum QuestionKind : byte
{
    /// <summary>No question: a file that a unit has, of which only the state matters.</summary>
    UnitFile = 0,

    /// <summary>The names in a directory.</summary>
    DirectoryNames = 1,

    /// <summary>The command in a <c>.cmd</c> file.</summary>
    KbuildCommand = 2,

    /// <summary>The entries of a <c>compile_commands.json</c>.</summary>
    CompileCommands = 3,

    /// <summary>The source that a call graph names.</summary>
    CallGraphTitle = 4,

    /// <summary>Whether a file is empty.</summary>
    EmptyFile = 5,

    /// <summary>Whether a <c>.lo</c> file is libtool's text.</summary>
    LibtoolText = 6,

    /// <summary>Whether a source is newer than an object.</summary>
    SourceAge = 7,

    /// <summary>Whether a file is there.</summary>
    FileExists = 8,

    /// <summary>Whether a directory is there.</summary>
    DirectoryExists = 9,

    /// <summary>Where a path's symbolic links lead.</summary>
    RealPath = 10,

    /// <summary>Whether a file is an object, and where its code comes from.</summary>
    Object = 11,

    /// <summary>The functions of an object.</summary>
    Functions = 12,

    /// <summary>The objects in an archive.</summary>
    Archive = 13,

    /// <summary>The files that kbuild lists.</summary>
    KbuildList = 14,

    /// <summary>The files that the compile of an object read.</summary>
    Dependencies = 15,

    /// <summary>When a file was last modified.</summary>
    FileTime = 16,

    /// <summary>Whether the compile that wrote a call graph made code.</summary>
    CallGraphCode = 17,
}
