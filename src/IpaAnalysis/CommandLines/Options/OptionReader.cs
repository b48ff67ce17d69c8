namespace IpaAnalysis.CommandLines.Options;

/// <summary>Reads a command's words behind the compiler into arguments, as GCC's driver does (<c>gcc/opts-common.cc</c>).</summary>
internal ref struct OptionReader
{
    private readonly ReadOnlySpan<string> _words;
    private readonly bool _isDriver;
    private int _next;

    /// <summary>Begins before the first argument.</summary>
    /// <param name="words">The words behind the compiler.</param>
    /// <param name="isDriver">Whether the driver reads them, else C's compiler (<c>cc1</c>), to which <c>-Wp,</c> hands them.</param>
    public OptionReader(ReadOnlySpan<string> words, bool isDriver = true)
    {
        _words = words;
        _isDriver = isDriver;
    }

    /// <summary>The argument that was read last.</summary>
    public OptionArgument Current { get; private set; }

    /// <summary>The last argument's value; empty when it has none.</summary>
    public readonly ReadOnlySpan<char> Value => Current.Value(_words);

    /// <summary>The last argument's first word.</summary>
    public readonly string Word => _words[Current.Index];

    /// <summary>The last argument's words.</summary>
    public readonly ReadOnlySpan<string> Words => _words.Slice(Current.Index, Current.Count);

    /// <summary>Whether GCC reads further arguments from a file that the last argument names.</summary>
    public readonly bool ReadsMoreArguments => Current.ReadsMoreArguments(_words);

    /// <summary>Reads the next argument; false at the end.</summary>
    public bool MoveNext()
    {
        if (_next >= _words.Length)
        {
            return false;
        }

        Current = Read(_next);
        _next += Current.Count;
        return true;
    }

    /// <summary>Passes over the next word: it belongs to an argument that only another program knows.</summary>
    public void Skip() => _next++;

    private readonly OptionArgument Read(int index)
    {
        var word = _words[index];
        if (word is ['@', ..])
        {
            return Plain(ArgumentKind.ResponseFile, index);
        }

        if (word is not ['-', _, ..])
        {
            return Plain(ArgumentKind.Input, index);
        }

        var spelling = OptionSpeller.Find(word, index + 1 < _words.Length ? _words[index + 1] : null, _isDriver);
        return spelling.Option is not { } option || (_isDriver && option.IsRefusedByDriver)
            ? Plain(ArgumentKind.Unknown, index) with { Count = spelling.TakesNext ? 2 : 1 }
            : Read(index, spelling, option);
    }

    private readonly OptionArgument Read(int index, OptionSpelling spelling, GccOption option)
    {
        var named = index + (spelling.TakesNext ? 1 : 0);
        var (count, valueIndex, valueStart, lacksValue) = (named - index + 1, -1, 0, false);
        var takesNext = option.IsSeparate && !(_isDriver && option.StandsAloneInDriver);
        if (option.IsJoined && (option.MayLackArgument || spelling.ValueStart < _words[named].Length))
        {
            (valueIndex, valueStart) = (named, spelling.ValueStart);
        }
        else if (takesNext)
        {
            var present = Math.Min(option.ArgumentCount, _words.Length - named - 1);
            (valueIndex, lacksValue) = (present > 0 ? named + 1 : -1, present < option.ArgumentCount);
            count += present;
        }
        else
        {
            lacksValue = option.IsJoined;
        }

        var (target, isNegated, given) = (option.Target ?? option, spelling.IsNegated, (string?)null);
        if (option.NegatedAliasValue is not null)
        {
            (given, isNegated) = (isNegated ? option.NegatedAliasValue : option.AliasValue, false);
        }
        else
        {
            given = option.AliasValue;
        }

        return new OptionArgument
        {
            Kind = ArgumentKind.Option,
            Index = index,
            Count = count,
            Option = target,
            IsNegated = isNegated ^ option.AliasNegates,
            LacksValue = lacksValue,
            ValueIndex = valueIndex,
            ValueStart = valueStart,
            GivenValue = given,
        };
    }

    private static OptionArgument Plain(ArgumentKind kind, int index) => new() { Kind = kind, Index = index, Count = 1, ValueIndex = -1 };
}
