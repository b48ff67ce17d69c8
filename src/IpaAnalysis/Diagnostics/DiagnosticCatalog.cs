using System.Collections.Immutable;

namespace IpaAnalysis.Diagnostics;

/// <summary>The one table of codes. Each has a chapter in the package readme (<c>nuget/README.md</c>).</summary>
internal static class DiagnosticCatalog
{
    // IPA1xxx: configuration and inputs.

    /// <summary>The MSBuild that runs is older than the tasks need. Raised by the targets.</summary>
    public static readonly DiagnosticDescriptor MSBuildTooOld = Error("IPA1001", "MSBuild is too old");

    /// <summary>The project sets <c>TargetFrameworks</c>. Raised by the targets.</summary>
    public static readonly DiagnosticDescriptor MultiTargeting = Error("IPA1002", "The wrapper project targets several frameworks");

    /// <summary>An input file does not exist.</summary>
    public static readonly DiagnosticDescriptor SourceNotFound = Error("IPA1003", "A source file does not exist");

    /// <summary>An input directory does not exist.</summary>
    public static readonly DiagnosticDescriptor DirectoryNotFound = Error("IPA1004", "An input directory does not exist");

    /// <summary>A property or metadata has a value that is not among those it may have.</summary>
    public static readonly DiagnosticDescriptor InvalidValue = Error("IPA1005", "A property or metadata has an unknown value");

    /// <summary>Two sources would be compiled to one object.</summary>
    public static readonly DiagnosticDescriptor ObjectClash = Error("IPA1006", "Two sources would share one object");

    /// <summary>Two inputs hold an object of the same name.</summary>
    public static readonly DiagnosticDescriptor TreeClash = Error("IPA1007", "Two inputs hold objects of the same name");

    /// <summary>kbuild cannot build a module or a kernel in a directory with this name.</summary>
    public static readonly DiagnosticDescriptor KbuildPathNotUsable = Error("IPA1008", "kbuild cannot take this path");

    /// <summary>The kernel build directory is missing, or there are several and none was chosen.</summary>
    public static readonly DiagnosticDescriptor KernelBuildDirNotFound = Error("IPA1009", "The kernel build directory cannot be found");

    /// <summary>The compiler cannot be found or started.</summary>
    public static readonly DiagnosticDescriptor CompilerNotFound = Error("IPA1010", "The compiler cannot be run");

    /// <summary>make cannot be found or started.</summary>
    public static readonly DiagnosticDescriptor MakeNotFound = Error("IPA1011", "make cannot be run");

    /// <summary>The compiler is clang, which has no IPA clone dumps.</summary>
    public static readonly DiagnosticDescriptor ClangNotSupported = Error("IPA1012", "The compiler is clang");

    /// <summary>The compiler lacks an option that the analysis needs.</summary>
    public static readonly DiagnosticDescriptor CompilerTooOld = Error("IPA1013", "The compiler is too old");

    /// <summary>A compiler flag would make the compiler do something else than compile one source to one object.</summary>
    public static readonly DiagnosticDescriptor FlagNotAllowed = Error("IPA1014", "A compiler flag cannot be used here");

    /// <summary>The function to explain is not named.</summary>
    public static readonly DiagnosticDescriptor FunctionNotNamed = Error("IPA1015", "No function to explain was named");

    /// <summary>A source is neither C nor preprocessed C.</summary>
    public static readonly DiagnosticDescriptor NotACSource = Error("IPA1016", "A source is not C");

    /// <summary>A pass is named that is in no catalogue.</summary>
    public static readonly DiagnosticDescriptor PassUnknown = Error("IPA1017", "A pass is unknown");

    /// <summary>An exception of the gate does not say why.</summary>
    public static readonly DiagnosticDescriptor JustificationMissing = Error("IPA1018", "An exception of the gate lacks its justification");

    /// <summary>The gate's baseline cannot be read or is not one.</summary>
    public static readonly DiagnosticDescriptor BaselineUnusable = Error("IPA1019", "The gate's baseline cannot be used");

    /// <summary>A kernel tree has no <c>.config</c>, or one that kconfig would have to change.</summary>
    public static readonly DiagnosticDescriptor KernelNotConfigured = Error("IPA1021", "The kernel is not configured");

    /// <summary>A directory lacks what every kernel's source tree has.</summary>
    public static readonly DiagnosticDescriptor NotAKernelTree = Error("IPA1022", "A directory is not a kernel source tree");

    /// <summary>A build that only asks (<c>-question</c>) found work.</summary>
    public static readonly DiagnosticDescriptor NotUpToDate = Error("IPA1023", "The build is not up to date");

    /// <summary>Two instances of a project use one intermediate directory in one build, and the first is not done with it.</summary>
    public static readonly DiagnosticDescriptor DirectoryShared = Error("IPA1024", "Two builds of a project in one build share a directory");

    /// <summary>Another build or Clean changed the intermediate directory between two targets of a project.</summary>
    public static readonly DiagnosticDescriptor DirectoryTaken = Error("IPA1025", "The intermediate directory changed between two targets");

    /// <summary>A directory cannot be locked against other builds.</summary>
    public static readonly DiagnosticDescriptor LockRefused = Warning("IPA1026", "A directory cannot be locked");

    /// <summary>An archive is none, is damaged, or unpacks to too much.</summary>
    public static readonly DiagnosticDescriptor ArchiveUnusable = Error("IPA1027", "An archive cannot be used");

    // IPA2xxx: compiling and collecting.

    /// <summary>An error that the compiler printed.</summary>
    public static readonly DiagnosticDescriptor CompilerError = Error("IPA2001", "The compiler reported an error");

    /// <summary>A warning that the compiler printed.</summary>
    public static readonly DiagnosticDescriptor CompilerWarning = Warning("IPA2002", "The compiler reported a warning");

    /// <summary>The compiler failed and no message of it says why.</summary>
    public static readonly DiagnosticDescriptor CompilerFailed = Error("IPA2003", "The compiler failed");

    /// <summary>make failed.</summary>
    public static readonly DiagnosticDescriptor MakeFailed = Error("IPA2004", "make failed");

    /// <summary>An error that modpost or another kbuild tool printed.</summary>
    public static readonly DiagnosticDescriptor KbuildError = Error("IPA2005", "kbuild reported an error");

    /// <summary>A warning that modpost, objtool or kbuild printed.</summary>
    public static readonly DiagnosticDescriptor KbuildWarning = Warning("IPA2006", "kbuild reported a warning");

    /// <summary>A unit has no clone dump.</summary>
    public static readonly DiagnosticDescriptor UnitWithoutDump = Loss("IPA2010", "A C unit has no clone dump");

    /// <summary>A clone dump belongs to no unit.</summary>
    public static readonly DiagnosticDescriptor UnclaimedDump = Warning("IPA2011", "A clone dump belongs to no unit");

    /// <summary>A clone dump is empty and there is no object: its compile failed.</summary>
    public static readonly DiagnosticDescriptor FailedCompile = Warning("IPA2012", "A clone dump was left by a failed compile");

    /// <summary>A unit is older than its source, or its source is gone.</summary>
    public static readonly DiagnosticDescriptor StaleUnit = Loss("IPA2013", "A unit is out of date");

    /// <summary>Two units would have written the same dump.</summary>
    public static readonly DiagnosticDescriptor SharedDump = Loss("IPA2014", "Two objects claim one clone dump");

    /// <summary>A unit was compiled for link-time optimisation.</summary>
    public static readonly DiagnosticDescriptor LtoUnit = Loss("IPA2015", "A unit was compiled for link-time optimisation");

    /// <summary>An input directory holds no unit.</summary>
    public static readonly DiagnosticDescriptor NothingCollected = Warning("IPA2016", "An input directory holds no unit");

    /// <summary>A directory cannot be listed or a file's attributes cannot be read.</summary>
    public static readonly DiagnosticDescriptor TreeUnreadable = Loss("IPA2017", "A directory cannot be read");

    /// <summary>A header appeared that goes before one that an object was compiled with.</summary>
    public static readonly DiagnosticDescriptor ShadowedHeader = Loss("IPA2018", "A header appeared earlier in the search path");

    /// <summary>An entry of an archive is no plain file or directory, or would be unpacked outside.</summary>
    public static readonly DiagnosticDescriptor ArchiveEntryRefused = Loss("IPA2019", "An entry of an archive was refused");

    // IPA3xxx: reading.

    /// <summary>A line of a clone dump cannot be understood.</summary>
    public static readonly DiagnosticDescriptor DumpLine = Loss("IPA3001", "A line of a clone dump cannot be understood");

    /// <summary>A line of a call graph cannot be understood.</summary>
    public static readonly DiagnosticDescriptor CallGraphLine = Loss("IPA3002", "A line of a call graph cannot be understood");

    /// <summary>An object file cannot be understood.</summary>
    public static readonly DiagnosticDescriptor ObjectFile = Loss("IPA3003", "An object file cannot be understood");

    /// <summary>A file cannot be opened or read.</summary>
    public static readonly DiagnosticDescriptor FileUnreadable = Loss("IPA3004", "A file cannot be read");

    /// <summary>A recorded kbuild command cannot be understood.</summary>
    public static readonly DiagnosticDescriptor KbuildCommand = Loss("IPA3005", "A kbuild command cannot be understood");

    /// <summary><c>compile_commands.json</c> cannot be understood.</summary>
    public static readonly DiagnosticDescriptor CompileCommands = Loss("IPA3006", "compile_commands.json cannot be understood");

    /// <summary>A line of GCC's record of identical code folding cannot be understood.</summary>
    public static readonly DiagnosticDescriptor FoldingRecordLine = Loss("IPA3007", "A line of a folding record cannot be understood");

    /// <summary>A name is not valid UTF-8 and is shown with its bytes escaped.</summary>
    public static readonly DiagnosticDescriptor NameNotUtf8 = Warning("IPA3008", "A name is not UTF-8");

    /// <summary>A clone dump or call graph says what its object does not hold: another compile wrote it.</summary>
    public static readonly DiagnosticDescriptor ForeignArtifact = Loss("IPA3009", "A dump or call graph is not that of its object");

    // IPA4xxx: graph and patched functions.

    /// <summary>No unit defines a function of this name.</summary>
    public static readonly DiagnosticDescriptor UnknownFunction = Error("IPA4001", "A patched function is unknown");

    /// <summary>No dump names the function; without symbol tables it may exist all the same.</summary>
    public static readonly DiagnosticDescriptor FunctionNotInDumps = Loss("IPA4002", "A patched function is in no clone dump");

    /// <summary>Several source functions have this name.</summary>
    public static readonly DiagnosticDescriptor AmbiguousFunction = Error("IPA4003", "A patched function is ambiguous");

    /// <summary>An object holds stale clones but nothing tells who calls them.</summary>
    public static readonly DiagnosticDescriptor NoCallData = Loss("IPA4004", "The callers of a stale clone are unknown");

    /// <summary>The address of a stale clone is stored or computed, so its callers cannot all be known.</summary>
    public static readonly DiagnosticDescriptor CloneAddressTaken = Loss("IPA4005", "The address of a stale clone is taken");

    /// <summary>An object that a patched function is in has no symbol table.</summary>
    public static readonly DiagnosticDescriptor NoSymbolTable = Loss("IPA4006", "A symbol table is missing where one is needed");

    /// <summary>The object cannot tell whether the address of a stale clone is stored or computed.</summary>
    public static readonly DiagnosticDescriptor CloneAddressUnknown = Loss("IPA4007", "Whether the address of a stale clone is taken is unknown");

    // IPA5xxx: the gate. The severity is that of IpaGateSeverity or of the IpaForbiddenPass item.

    /// <summary>The clone dump shows a copy of a forbidden kind.</summary>
    public static readonly DiagnosticDescriptor ForbiddenCopy = Warning("IPA5001", "A forbidden pass copied a function");

    /// <summary>A forbidden pass that leaves no trace was enabled.</summary>
    public static readonly DiagnosticDescriptor ForbiddenPassEnabled = Warning("IPA5002", "A forbidden pass was enabled");

    /// <summary>The compiler recorded that it folded two functions.</summary>
    public static readonly DiagnosticDescriptor ForbiddenFolding = Warning("IPA5003", "A forbidden pass folded two functions");

    /// <summary>A function that other units can call was inlined although only static ones may be.</summary>
    public static readonly DiagnosticDescriptor ExternalInlined = Warning("IPA5004", "A function with external linkage was inlined");

    /// <summary>It cannot be found out with which options an object was compiled, or what they mean.</summary>
    public static readonly DiagnosticDescriptor OptionsUnknown = Warning("IPA5005", "The options of an object are unknown");

    /// <summary>An exception of the gate matches no violation.</summary>
    public static readonly DiagnosticDescriptor ExceptionUnused = Warning("IPA5006", "An exception of the gate matches nothing");

    /// <summary>The baseline names violations that no longer occur.</summary>
    public static readonly DiagnosticDescriptor BaselineObsolete = Warning("IPA5007", "Entries of the baseline no longer occur");

    /// <summary>Policy <c>listed</c> without a patched function, for which anything could be listed.</summary>
    public static readonly DiagnosticDescriptor NothingListed = Info("IPA5008", "Nothing is listed that the policy could accept");

    // IPA6xxx: exact impact.

    /// <summary>
    /// What leaves no copy may be missing from what depends on a patched function; a warning where the project asked for it,
    /// an information where it was tried because nothing says otherwise.
    /// </summary>
    public static readonly DiagnosticDescriptor ExactImpactUnknown = Warning("IPA6001", "It is not known exactly what depends on a patched function");

    // IPA9xxx: internal.

    /// <summary>A fault of this package.</summary>
    public static readonly DiagnosticDescriptor InternalError = Error("IPA9001", "Internal error");

    /// <summary>An output cannot be written.</summary>
    public static readonly DiagnosticDescriptor OutputNotWritten = Error("IPA9002", "An output cannot be written");

    /// <summary>What is kept for the next build cannot be written; this build is not concerned.</summary>
    public static readonly DiagnosticDescriptor StoreNotWritten = Warning("IPA9003", "The summary store cannot be written");

    /// <summary>Every code, in order.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        MSBuildTooOld, MultiTargeting, SourceNotFound, DirectoryNotFound, InvalidValue, ObjectClash, TreeClash,
        KbuildPathNotUsable, KernelBuildDirNotFound, CompilerNotFound, MakeNotFound, ClangNotSupported,
        CompilerTooOld, FlagNotAllowed, FunctionNotNamed, NotACSource, PassUnknown, JustificationMissing, BaselineUnusable,
        KernelNotConfigured, NotAKernelTree, NotUpToDate, DirectoryShared, DirectoryTaken, LockRefused, ArchiveUnusable,
        CompilerError, CompilerWarning, CompilerFailed, MakeFailed, KbuildError, KbuildWarning,
        UnitWithoutDump, UnclaimedDump, FailedCompile, StaleUnit, SharedDump, LtoUnit, NothingCollected, TreeUnreadable, ShadowedHeader, ArchiveEntryRefused,
        DumpLine, CallGraphLine, ObjectFile, FileUnreadable, KbuildCommand, CompileCommands, FoldingRecordLine, NameNotUtf8, ForeignArtifact,
        UnknownFunction, FunctionNotInDumps, AmbiguousFunction, NoCallData, CloneAddressTaken, NoSymbolTable, CloneAddressUnknown,
        ForbiddenCopy, ForbiddenPassEnabled, ForbiddenFolding, ExternalInlined, OptionsUnknown, ExceptionUnused, BaselineObsolete, NothingListed,
        ExactImpactUnknown,
        InternalError, OutputNotWritten, StoreNotWritten,
    ];

    private static DiagnosticDescriptor Info(string code, string title) => new(code, title, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Error(string code, string title) => new(code, title, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, title, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Loss(string code, string title) => new(code, title, DiagnosticSeverity.Warning, MeansIncomplete: true);
}
