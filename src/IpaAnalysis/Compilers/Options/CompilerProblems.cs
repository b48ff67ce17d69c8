using IpaAnalysis.Compilers.Messages;

namespace IpaAnalysis.Compilers.Options;

/// <summary>Why an object's options are unknown, and what helps.</summary>
internal static class CompilerProblems
{
    private const string OrTrust = "set TrustCommands=\"true\" on a tree that you trust as much as your own makefiles";

    public const string NoRecord =
        "Nothing records the options of the object. Keep kbuild's .cmd files or a compile_commands.json, or compile with -g or -frecord-gcc-switches.";

    public const string NoCompiler =
        "The object records its options, but not the compiler. Keep kbuild's .cmd files or a compile_commands.json.";

    public const string Clang =
        "The object was compiled by clang, whose passes are not those of GCC. Compile it with GCC.";

    public const string Lto =
        "The object is compiled for link-time optimisation (-flto), so that passes run when it is linked. Compile it without -flto.";

    public static string LoadsCode(string flag) =>
        $"The recorded options make GCC load or run what the tree names ({Shown(flag)}), so it is not asked. Compile without that option, or {OrTrust}.";

    public static string NotAllowed(string flag) =>
        $"It is not known what one of the recorded options does ({Shown(flag)}), and the tree is not trusted, so GCC is not asked. Compile without that option, or {OrTrust}.";

    public static string OnlyNamed(string compiler) =>
        $"The compiler '{Shown(compiler)}' is named by the tree only and is not run. Put it in PATH, name it in the property IpaCompiler, or {OrTrust}.";

    public static string Gone(string compiler, ObjectProducer maker) =>
        $"The compiler '{Shown(compiler)}' that compiled the object is not there{By(maker)}. Install it, or name it in the property IpaCompiler.";

    public static string NotFound(ObjectProducer maker) =>
        $"No compiler is found that is {maker.Name}, which made the object. Install it, or name it in the property IpaCompiler.";

    public static string Other(string compiler, string difference, ObjectProducer maker) =>
        $"The compiler '{Shown(compiler)}' {difference}{By(maker)}. Install the one that did, name it in the property IpaCompiler, or compile the object again.";

    public static string Unusable(string compiler, string message) =>
        $"The compiler '{Shown(compiler)}' cannot say what the options mean: {message}";

    public static string Refused(string compiler, string message) =>
        $"{compiler} does not take the recorded options: {message.TrimEnd('.')}. Correct the flags and compile the object again, or name the compiler that made it in the property IpaCompiler.";

    private static string By(ObjectProducer maker) => maker.Name.Length == 0 ? "" : $"; the object was made by {maker.Name}";

    private static string Shown(string word) => MessagePaths.ShortenAbsolute(word.StartsWith("-B/", StringComparison.Ordinal) ? "-B" : word);
}
