using System.Collections.Immutable;
using System.Globalization;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Compilers;

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
        foreach (var flag in flags)
        {
            facts = facts.With(flag);
            if (GroupOf(flag) is { } group)
            {
                deciding.RemoveAll(d => d.Group == group);
                deciding.Add((group, Shown(flag)));
            }
        }

        return facts with { Deciding = string.Join(' ', deciding.OrderBy(d => RankOf(d.Group)).ThenBy(d => d.Group, StringComparer.Ordinal).Select(d => d.Word)) };
    }

    private FlagFacts With(string flag) => flag switch
    {
        "-p" or "-pg" or "--profile" => this with { Profiles = true },
        "-fno-lto" => this with { IsLto = false },
        "-flto" => this with { IsLto = true },
        _ when flag.StartsWith("-flto=", StringComparison.Ordinal) => this with { IsLto = true },
        _ when flag.StartsWith("-O", StringComparison.Ordinal) => this with { Optimizes = IsLevel(flag.AsSpan(2)) },
        _ when flag.StartsWith("--optimize", StringComparison.Ordinal) => this with { Optimizes = IsLevel(flag.AsSpan(10).TrimStart('=')) },
        _ when flag.StartsWith(PatchableEntry, StringComparison.Ordinal) => this with { IsPatchable = HasRoom(flag.AsSpan(PatchableEntry.Length)) },
        _ => this,
    };

    private const string PatchableEntry = "-fpatchable-function-entry=";

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

    private static string? GroupOf(string flag)
    {
        if (flag.StartsWith("-O", StringComparison.Ordinal) || flag.StartsWith("--optimize", StringComparison.Ordinal))
        {
            return "-O";
        }

        if (flag is "-p" or "-pg" or "--profile" or "-mfentry" or "-mno-fentry")
        {
            return flag.Replace("-mno-", "-m", StringComparison.Ordinal);
        }

        if (!flag.StartsWith("-f", StringComparison.Ordinal))
        {
            return null;
        }

        var equals = flag.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? flag[2..] : flag[2..equals];
        name = name.StartsWith("no-", StringComparison.Ordinal) ? name[3..] : name;
        return name is "live-patching" or "patchable-function-entry" or "lto" or "profile-use" or "auto-profile" or "branch-probabilities" or "openacc"
            || IpaPasses.Find(name) is not null
            ? name
            : null;
    }

    private static int RankOf(string group) => group switch { "-O" => 0, "-p" or "-pg" or "--profile" => 1, "-mfentry" => 2, _ => 3 };

    /// <summary>Paths of profiles are no part of what decides.</summary>
    private static string Shown(string flag) =>
        flag.Contains('/', StringComparison.Ordinal) ? flag[..flag.IndexOf('=', StringComparison.Ordinal)] : flag;
}
