using System.Collections.Immutable;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.CommandLines;

/// <summary>Picks from a command line the options that can decide which passes ran.</summary>
internal static class PassFlags
{
    /// <summary>
    /// The options that decide: <c>-O…</c>, <c>-f…</c>, <c>-m…</c>, <c>-p</c>, <c>-pg</c>, and what makes GCC load or run something
    /// (<c>-specs</c>, <c>-B</c>, <c>-wrapper</c>, <c>@FILE</c>). Includes, macros, warnings, inputs and outputs are left out.
    /// </summary>
    /// <param name="words">The command's words after the compiler.</param>
    public static ImmutableArray<string> Select(ReadOnlySpan<string> words)
    {
        var flags = ImmutableArray.CreateBuilder<string>();
        var reader = new OptionReader(words);
        while (reader.MoveNext())
        {
            var decides = reader.Current.Kind switch
            {
                ArgumentKind.Option => reader.Current.Option!.DecidesPasses,
                ArgumentKind.ResponseFile => true,
                ArgumentKind.Unknown => reader.Word is ['-', 'O' or 'f' or 'm', ..],
                _ => false,
            };
            if (decides)
            {
                flags.AddRange(reader.Words);
            }
        }

        return flags.ToImmutable();
    }

    /// <summary>
    /// The first of some selected options that a compiler must not be asked about on the word of a tree that nobody trusts: it is
    /// not known by name, or does more than decide what code comes out. A compiler that is only asked reads no profile.
    /// </summary>
    /// <param name="flags">What <see cref="Select"/> picked.</param>
    public static string? FindNotAllowed(ReadOnlySpan<string> flags)
    {
        var reader = new OptionReader(flags);
        while (reader.MoveNext())
        {
            if (reader.ReadsMoreArguments
                || reader.Current.LacksValue
                || reader.Current.Effect is not (OptionEffect.Code or OptionEffect.Text or OptionEffect.Warning or OptionEffect.Profile
                    or OptionEffect.Messages or OptionEffect.Nothing or OptionEffect.OtherLanguage))
            {
                return string.Join(' ', reader.Words!);
            }
        }

        return null;
    }

    /// <summary>Whether an option makes GCC load or run what the command names: a plugin, a spec file, a wrapper, other programs, more options.</summary>
    public static bool LoadsCode(string flag)
    {
        ArgumentNullException.ThrowIfNull(flag);
        var reader = new OptionReader([flag]);
        return reader.MoveNext() && (reader.Current.Effect == OptionEffect.Loads || reader.ReadsMoreArguments);
    }
}
