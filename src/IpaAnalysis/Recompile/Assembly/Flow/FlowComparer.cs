using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Flow;

/// <summary>
/// Tells whether two codes run the same instructions, whatever the order of their blocks: both are followed from the entry at once, through
/// jumps and through branches that ask for the opposite. Where the flow is not clear, such as for code that nothing leads to, they are not the same.
/// </summary>
internal sealed class FlowComparer
{
    private readonly FlowCode _first;
    private readonly FlowCode _second;
    private readonly ConstantLoad _processor;
    private readonly HashSet<(int First, int Second)> _seen = [];
    private readonly Stack<(int First, int Second)> _open = new();
    private readonly Dictionary<(string Name, int Number), int> _secondOf = [];
    private readonly Dictionary<(string Name, int Number), int> _firstOf = [];
    private readonly Queue<(int First, int Second)> _tables = new();
    private readonly bool[] _visitedFirst;
    private readonly bool[] _visitedSecond;

    private FlowComparer(FlowCode first, FlowCode second, ConstantLoad processor)
    {
        (_first, _second, _processor) = (first, second, processor);
        _visitedFirst = new bool[first.Count];
        _visitedSecond = new bool[second.Count];
    }

    /// <summary>Whether two codes run the same instructions.</summary>
    /// <param name="first">A function's normalised code.</param>
    /// <param name="second">Another one's.</param>
    /// <param name="processor">The processor; where it is not known, they are never the same.</param>
    public static bool IsSame(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, ConstantLoad processor) =>
        processor != ConstantLoad.Unknown && new FlowComparer(new FlowCode(first), new FlowCode(second), processor).Compare();

    private bool Compare()
    {
        // Code of which one part repeats the other in many ways is not what a compiler writes.
        var budget = 64 + (4 * (_first.Count + _second.Count));
        _open.Push((0, 0));
        while (_open.Count > 0 || _tables.Count > 0)
        {
            if (_open.TryPop(out var place) ? !Follow(place.First, place.Second) : !CompareTables())
            {
                return false;
            }

            if (_seen.Count > budget)
            {
                return false;
            }
        }

        return IsWhole(_first, _visitedFirst) && IsWhole(_second, _visitedSecond) && _first.TableCount == _second.TableCount
            && Enumerable.Range(1, _first.TableCount).All(t => _secondOf.ContainsKey(("{table ", t)));
    }

    /// <summary>Whether all lines were come to, but for traps behind the ends of blocks.</summary>
    private static bool IsWhole(FlowCode code, bool[] visited)
    {
        for (var i = 0; i < visited.Length; i++)
        {
            if (!visited[i] && !code.Line(i).SequenceEqual("int3"u8))
            {
                return false;
            }
        }

        return true;
    }

    private bool Follow(int first, int second)
    {
        while (true)
        {
            if (!SkipJumps(_first, _visitedFirst, ref first) || !SkipJumps(_second, _visitedSecond, ref second))
            {
                return false;
            }

            if (first == _first.Count || second == _second.Count)
            {
                return first == _first.Count && second == _second.Count;
            }

            if (!_seen.Add((first, second)))
            {
                return true;
            }

            (_visitedFirst[first], _visitedSecond[second]) = (true, true);
            var kind = FlowSyntax.Of(_first.Line(first), _processor, out var label, out var condition, out var isOpposite);
            var other = FlowSyntax.Of(_second.Line(second), _processor, out var otherLabel, out var otherCondition, out var isOtherOpposite);
            if (kind != other)
            {
                return false;
            }

            if (kind == FlowKind.Branch)
            {
                return condition == otherCondition && PushBoth(first, _first.PlaceOf(label), second, _second.PlaceOf(otherLabel), isOpposite == isOtherOpposite);
            }

            if (!SameLine(_first.Line(first), _second.Line(second)))
            {
                return false;
            }

            if (kind == FlowKind.End)
            {
                return true;
            }

            first++;
            second++;
        }
    }

    private bool PushBoth(int first, int taken, int second, int otherTaken, bool isSameCondition)
    {
        if (taken < 0 || otherTaken < 0)
        {
            return false;
        }

        _open.Push((taken, isSameCondition ? otherTaken : second + 1));
        _open.Push((first + 1, isSameCondition ? second + 1 : otherTaken));
        return true;
    }

    /// <summary>Goes on to the next line that is no jump within the function; false where jumps lead nowhere or in circles.</summary>
    private bool SkipJumps(FlowCode code, bool[] visited, ref int at)
    {
        for (var jumps = 0; at < code.Count; jumps++)
        {
            if (FlowSyntax.Of(code.Line(at), _processor, out var label, out _, out _) != FlowKind.Jump)
            {
                return true;
            }

            visited[at] = true;
            at = code.PlaceOf(label);
            if (at < 0 || jumps > code.Count)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two lines are the same but for what is numbered, which then has to be the same as well.</summary>
    private bool SameLine(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            var at = FlowCode.FindNumbered(first, i, out var length, out var number);
            var otherAt = FlowCode.FindNumbered(second, j, out var otherLength, out var otherNumber);
            if (!first[i..at].SequenceEqual(second[j..otherAt]) || (length == 0) != (otherLength == 0))
            {
                return false;
            }

            if (length == 0)
            {
                return true;
            }

            if (!SameNumbered(first, at, length, number, second, otherAt, otherLength, otherNumber))
            {
                return false;
            }

            (i, j) = (at + length, otherAt + otherLength);
        }
    }

    private bool SameNumbered(
        ReadOnlySpan<byte> first, int at, int length, int number, ReadOnlySpan<byte> second, int otherAt, int otherLength, int otherNumber)
    {
        if (first[at] != second[otherAt])
        {
            return false;
        }

        if (first[at] != (byte)'{')
        {
            var (place, otherPlace) = (_first.PlaceOf(first.Slice(at, length)), _second.PlaceOf(second.Slice(otherAt, otherLength)));
            _open.Push((place, otherPlace));
            return place >= 0 && otherPlace >= 0;
        }

        var isTable = first[at..].StartsWith("{table "u8);
        var name = isTable ? "{table " : NameBefore(first, at);
        if (isTable != second[otherAt..].StartsWith("{table "u8) || (!isTable && name != NameBefore(second, otherAt)))
        {
            return false;
        }

        var (known, knownBack) = (_secondOf.TryGetValue((name, number), out var there), _firstOf.TryGetValue((name, otherNumber), out var back));
        if (known || knownBack)
        {
            return known && knownBack && there == otherNumber && back == number;
        }

        _secondOf[(name, number)] = otherNumber;
        _firstOf[(name, otherNumber)] = number;
        if (isTable)
        {
            _tables.Enqueue((number, otherNumber));
        }

        return true;
    }

    private bool CompareTables()
    {
        var (first, second) = _tables.Dequeue();
        var length = _first.TableLength(first);
        if (length < 0 || length != _second.TableLength(second))
        {
            return false;
        }

        for (var i = 0; i < length; i++)
        {
            if (!SameLine(_first.TableLine(first, i), _second.TableLine(second, i)))
            {
                return false;
            }
        }

        return true;
    }

    private static string NameBefore(ReadOnlySpan<byte> line, int at)
    {
        var start = at;
        while (start > 0 && OperandText.WordLength(line[(start - 1)..]) > 0)
        {
            start--;
        }

        return SymbolName.Text(line[start..at]);
    }
}
