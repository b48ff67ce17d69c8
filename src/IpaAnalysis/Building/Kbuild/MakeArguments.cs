using System.Globalization;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>make's command line for kbuild.</summary>
internal sealed record MakeArguments
{
    /// <summary>What makes gcc leave dumps; last in <c>KCFLAGS</c>.</summary>
    public const string OurFlags = "-fdump-ipa-clones -fcallgraph-info";

    // Make's own characters, blanks, and what kbuild passes to a shell without quotes; each tried with kbuild 6.1.
    private static readonly System.Buffers.SearchValues<char> UnusableInPath =
        System.Buffers.SearchValues.Create(" ,;'\"&()*?\\`<|>%#$:");

    // Options that take the next word as their value (GNU make, main.c).
    private static readonly string[] TakesValue = ["-I", "-W", "-o", "-l", "--include-dir", "--old-file", "--assume-old", "--what-if", "--new-file", "--assume-new"];

    private const string RefusedLetters = "CfnqtvhpiE";
    private const string LettersWithValue = "CfIjloOWE";

    private static readonly string[] RefusedWords =
    [
        "--directory", "--file", "--makefile", "--just-print", "--dry-run", "--recon", "--question", "--touch", "--version",
        "--help", "--print-data-base", "--ignore-errors", "--eval",
    ];

    private static readonly string[] RefusedVariables = ["M", "O", "MO", "KBUILD_EXTMOD", "KBUILD_OUTPUT", "KBUILD_EXTMOD_OUTPUT", "KCONFIG_CONFIG", "SUBDIRS", "MAKEFLAGS"];

    /// <summary>The arguments, apart from directory, jobs and targets.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>The one value of <c>KCFLAGS</c>.</summary>
    public required string CompilerFlags { get; init; }

    /// <summary>Reads what the user gave; problems go to the bag.</summary>
    public static MakeArguments Read(KbuildOptions options, DiagnosticBag problems)
    {
        var others = new List<string>();
        var flags = new List<string>();
        if (options.Environment.TryGetValue("KCFLAGS", out var inherited) && inherited.Trim().Length > 0)
        {
            flags.Add(inherited.Trim());
        }

        if (options.Environment.TryGetValue("LLVM", out var llvm) && llvm.Length > 0)
        {
            problems.Add(Clang(options, "the environment variable LLVM"));
        }

        var words = GccArguments.Split(options.MakeArguments);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (TryAssignment(word, out var name, out var value))
            {
                if (name == "KCFLAGS")
                {
                    flags.Add(value.Trim());
                    continue;
                }

                if (name == "LLVM" && value.Length > 0)
                {
                    problems.Add(Clang(options, "LLVM in MakeArguments"));
                }
                else if (name == "CC" && value.Contains("clang", StringComparison.Ordinal))
                {
                    problems.Add(Clang(options, "CC in MakeArguments"));
                }
                else if (RefusedVariables.Contains(name, StringComparer.Ordinal))
                {
                    problems.Add(Refused(options, word));
                }
            }
            else if (!word.StartsWith('-') || IsRefused(word))
            {
                problems.Add(Refused(options, word));
            }
            else if ((TakesValue.Contains(word, StringComparer.Ordinal) || IsJobsWithoutNumber(word, i + 1 < words.Count ? words[i + 1] : ""))
                && i + 1 < words.Count)
            {
                others.Add(word);
                word = words[++i];
            }

            others.Add(word);
        }

        flags.Add(OurFlags);
        return new MakeArguments { Others = others, CompilerFlags = string.Join(' ', flags.Where(static text => text.Length > 0)) };
    }

    /// <summary>The whole command line for an external module.</summary>
    public IReadOnlyList<string> ForModule(KernelModuleOptions options, KernelBuildDirectory kernel, string? compiler, string target) =>
        Compose(options, kernel.BuildDirectory, "M=" + options.ModuleDirectory, compiler, [target]);

    /// <summary>The whole command line for a kernel's source tree; no output directory when it is the source directory.</summary>
    public IReadOnlyList<string> ForTree(
        KernelTreeOptions options, string sourceDirectory, string outputDirectory, string? compiler, IReadOnlyList<string> targets) =>
        Compose(options, sourceDirectory, sourceDirectory == outputDirectory ? null : "O=" + outputDirectory, compiler, targets);

    private List<string> Compose(KbuildOptions options, string directory, string? place, string? compiler, IReadOnlyList<string> targets)
    {
        var arguments = new List<string> { "-C", directory };
        if (place is not null)
        {
            arguments.Add(place);
        }

        // With -O the output of one command stays together, so that messages can be told apart by object.
        arguments.AddRange(
            ["KCFLAGS=" + CompilerFlags, "-j" + Math.Max(1, options.Jobs).ToString(CultureInfo.InvariantCulture), "-Otarget"]);
        if (compiler is not null)
        {
            arguments.Add("CC=" + compiler);
        }

        arguments.AddRange(Others);
        arguments.AddRange(targets);
        return arguments;
    }

    /// <summary>The targets that the user names; options and assignments among them go to the bag.</summary>
    public static IReadOnlyList<string> ReadTargets(KernelTreeOptions options, DiagnosticBag problems)
    {
        var targets = GccArguments.Split(options.MakeTargets?.Replace(';', ' '));
        foreach (var target in targets.Where(static target => target.StartsWith('-') || target.Contains('=', StringComparison.Ordinal)))
        {
            problems.Add(DiagnosticCatalog.FlagNotAllowed.At(
                options.Place, 0, $"'{MessagePaths.ShortenAbsolute(target)}' in MakeTargets is no target. Put NAME=VALUE assignments and options of make into MakeArguments."));
        }

        return targets;
    }

    /// <summary>Whether kbuild can take a path: Make and the shell commands of kbuild split or expand some characters.</summary>
    public static bool IsUsablePath(string path) =>
        path.AsSpan().IndexOfAny(UnusableInPath) < 0
        && !path.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c))
        && !(path.IndexOf('[', StringComparison.Ordinal) is var open and >= 0 && path.IndexOf(']', open) > 0);

    private static bool TryAssignment(string word, out string name, out string value)
    {
        (name, value) = ("", "");
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || word.StartsWith('-'))
        {
            return false;
        }

        // NAME=, NAME:=, NAME::=, NAME+=, NAME?=
        name = word[..equals].TrimEnd(':', '+', '?', '!', ' ');
        value = word[(equals + 1)..];
        return true;
    }

    private static bool IsRefused(string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            return word == "--" || RefusedWords.Any(refused => word == refused || word.StartsWith(refused + "=", StringComparison.Ordinal));
        }

        // Letters may stand together up to one that takes the rest as its value: `-sn`, `-kj4`.
        foreach (var letter in word.AsSpan(1))
        {
            if (RefusedLetters.Contains(letter, StringComparison.Ordinal))
            {
                return true;
            }

            if (LettersWithValue.Contains(letter, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsJobsWithoutNumber(string word, string next) =>
        word is "-j" or "--jobs" && next.Length > 0 && next.All(char.IsAsciiDigit);

    private static Diagnostic Clang(KbuildOptions options, string where) => DiagnosticCatalog.ClangNotSupported.At(
        options.Place, 0, $"The code would be compiled by clang ({where}), which has no -fdump-ipa-clones. Use GCC.");

    private static Diagnostic Refused(KbuildOptions options, string word) => DiagnosticCatalog.FlagNotAllowed.At(
        options.Place, 0, $"The make argument '{MessagePaths.ShortenAbsolute(word)}' in MakeArguments cannot be used: the package decides directory, targets and what make does. Give NAME=VALUE assignments or options such as V=1.");
}
