namespace IpaAnalysis.CommandLines.Options;

/// <summary>Reads words as the GNU assembler takes them; what its table does not have is <see cref="ArgumentKind.Unknown"/>.</summary>
internal static class AssemblerOptions
{
    /// <summary>Reads the argument at <paramref name="index"/>.</summary>
    public static OptionArgument Read(ReadOnlySpan<string> words, int index)
    {
        var word = words[index];
        var plain = new OptionArgument { Kind = ArgumentKind.Unknown, Index = index, Count = 1, ValueIndex = -1 };
        if (word is ['@', ..])
        {
            return plain with { Kind = ArgumentKind.ResponseFile };
        }

        if (word is not ['-', _, ..])
        {
            return plain with { Kind = ArgumentKind.Input };
        }

        if (OptionTable.Assembler.Find(word, isDriver: false) is not { } option)
        {
            return plain;
        }

        if (option.IsJoined && (option.MayLackArgument || word.Length > option.Name.Length))
        {
            return plain with { Kind = ArgumentKind.Option, Option = option, ValueIndex = index, ValueStart = option.Name.Length };
        }

        var hasNext = option.IsSeparate && index + 1 < words.Length;
        return plain with
        {
            Kind = ArgumentKind.Option,
            Option = option,
            Count = hasNext ? 2 : 1,
            ValueIndex = hasNext ? index + 1 : -1,
            LacksValue = (option.IsSeparate || option.IsJoined) && !hasNext,
        };
    }
}
