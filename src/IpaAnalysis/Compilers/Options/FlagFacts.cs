using System.Collections.Immutable;
using System.Globalization;
using IpaAnalysis.CommandLines.Options;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Compilers.Options;

/// <summary>What a command's options say that the compiler's table does not.</summary>
internal readonly record struct FlagFacts
{
    /// <summary>Whether anything is optimised at all: the last <c>-O</c> is not <c>-O0</c>.</summary>
    public bool Optimizes { get; private init; }

    /// <summary>Whether each function calls a profiler: <c>-p</c>, <c>-pg</c>.</summary>
    public bool Profiles { get; private init; }

    /// <summary>Whether the last <c>-fpatchable-function-entry=N[,M]</c> asks for room at functions' entries.</summary>
    public bool IsPatchable { get; private init; }

    /// <summary>Whether the object holds GCC's intermediate form, so that the linking compiler decides.</summary>
    public bool IsLto { get; private init; }

    /// <summary>The words that decide, in one order whatever theirs was; of words that replace each other the last.</summary>
    public string Deciding { get; private init; }

    /// <summary>Reads options.</summary>
    public static FlagFacts Of(ImmutableArray<string> flags)
    {
        var facts = default(FlagFacts);
        var deciding = new List<(string Group, string Word)>();
        var reader = new OptionReader(flags.AsSpan());
        while (reader.MoveNext())
        {
            facts = facts.With(reader);
            if (GroupOf(reader.Current.Name) is { } group)
            {
                deciding.RemoveAll(d => d.Group == group);
                deciding.Add((group, Shown(string.Join(' ', reader.Words!))));
            }
        }

        return facts with { Deciding = string.Join(' ', deciding.OrderBy(d => RankOf(d.Group)).ThenBy(d => d.Group, StringComparer.Ordinal).Select(d => d.Word)) };
    }

    private FlagFacts With(OptionReader flag) => flag.Current.Name switch
    {
        "-p" or "-pg" => this with { Profiles = true },
        "-flto" or "-flto=" => this with { IsLto = !flag.Current.IsNegated },
        "-O" => this with { Optimizes = IsLevel(flag.Value) },
        "-Ofast" or "-Og" or "-Os" or "-Oz" => this with { Optimizes = true },
        "-fpatchable-function-entry=" => this with { IsPatchable = HasRoom(flag.Value) },
        _ => this,
    };

    /// <summary><c>-O</c> alone is <c>-O1</c>; <c>-O00</c> is <c>-O0</c>.</summary>
    private static bool IsLevel(ReadOnlySpan<char> level) => level.IsEmpty || level.ContainsAnyExcept('0');

    /// <summary>The number is decimal or hexadecimal (<c>integral_argument</c> in <c>gcc/opts-common.cc</c>); what cannot be read counts as none.</summary>
    private static bool HasRoom(ReadOnlySpan<char> argument)
    {
        var comma = argument.IndexOf(',');
        var number = comma < 0 ? argument : argument[..comma];
        var isHexadecimal = number.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return isHexadecimal
            ? long.TryParse(number[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value > 0
            : long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;
    }

    /// <summary>Options of one group replace each other.</summary>
    /// <param name="option">The option's canonical name.</param>
    private static string? GroupOf(string option)
    {
        if (option.StartsWith("-O", StringComparison.Ordinal))
        {
            return "-O";
        }

        if (option is "-p" or "-pg" or "-mfentry")
        {
            return option;
        }

        if (!option.StartsWith("-f", StringComparison.Ordinal))
        {
            return null;
        }

        var name = option[2..].TrimEnd('=');
        return name is "live-patching" or "patchable-function-entry" or "lto" or "profile-use" or "auto-profile" or "branch-probabilities" or "openacc"
            || IpaPasses.Find(name) is not null
            ? name
            : null;
    }

    private static int RankOf(string group) => group switch { "-O" => 0, "-p" or "-pg" => 1, "-mfentry" => 2, _ => 3 };

    /// <summary>Paths of profiles are no part of what decides.</summary>
    private static string Shown(string flag) =>
        flag.Contains('/', StringComparison.Ordinal) ? flag[..flag.AsSpan().IndexOfAny('=', '/')] : flag;
}
