using System.Globalization;
using System.Text;

namespace IpaAnalysis.Tests.Recompile.RandomUnits;

/// <summary>
/// C of a dozen functions that call each other with two integers, another unit for each seed: leaves that need few registers, loops,
/// rare branches, static variables, results that nobody uses. Every function of the unit and outside takes and returns integers.
/// </summary>
internal sealed class RandomSource
{
    private static readonly string[] s_flags =
        ["-O2", "-O2", "-O2 -fno-inline-small-functions", "-O2 -fPIC", "-O3", "-Os", "-O1 -fipa-ra", "-O2 -fno-ipa-icf", "-O2 -fno-partial-inlining -fno-ipa-sra"];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<string> _functions = [];

    private RandomSource(int seed) => _random = new Random(seed);

    /// <summary>The text and the options to compile it with.</summary>
    /// <param name="seed">Which unit.</param>
    public static (string Text, string Flags, IReadOnlyList<string> Functions) Of(int seed)
    {
        var source = new RandomSource(seed);
        source.Write();
        return (source._text.ToString(), s_flags[seed % s_flags.Length], source._functions);
    }

    private void Write()
    {
        _text.Append("extern int ext0(int, int); extern int ext1(int, int); extern int table[16];\nstatic int s0, s1, s2 = 5; int g0;\n");
        var count = 8 + _random.Next(8);
        for (var i = 0; i < count; i++)
        {
            var linkage = _random.Next(10) switch
            {
                < 5 => "static __attribute__((noinline)) ",
                < 7 => "__attribute__((noinline)) ",
                7 => "static ",
                8 => "static inline ",
                _ => "",
            };
            var isLast = i >= count - 3;
            _text.Append(CultureInfo.InvariantCulture, $"{(isLast ? "" : linkage)}int f{i}(int a, int b) {{\n  int x = {Start()}, y = {Start()};\n");
            for (var statement = i < 3 ? _random.Next(2) : 1 + _random.Next(4); statement > 0; statement--)
            {
                Statement(i < 3 ? 0 : 2);
            }

            _text.Append(CultureInfo.InvariantCulture, $"  return {Value(1)};\n}}\n");
            _functions.Add($"f{i}");
        }
    }

    private void Statement(int depth)
    {
        switch (_random.Next(depth > 0 ? 14 : 9) - 3)
        {
            case -3:
                // What is known of the callee: that it is pure, which registers and which variables it leaves alone.
                var twice = Call();
                _text.Append(CultureInfo.InvariantCulture, $"  {Variable()} = {twice} + {twice};\n");
                break;
            case -2:
                _text.Append(CultureInfo.InvariantCulture, $"  {Variable()} = {Call()} + x * y + a - b;\n");
                break;
            case -1:
                var read = $"s{_random.Next(3)}";
                _text.Append(CultureInfo.InvariantCulture, $"  y += {read}; {Variable()} = {Call()}; x += {read};\n");
                break;
            case 0 or 1:
                _text.Append(CultureInfo.InvariantCulture, $"  {Variable()} = {Value(2)};\n");
                break;
            case 2:
                _text.Append(CultureInfo.InvariantCulture, $"  {Variable()} += {Call()};\n");
                break;
            case 3:
                _text.Append(CultureInfo.InvariantCulture, $"  {Call()};\n");
                break;
            case 4:
                _text.Append(CultureInfo.InvariantCulture, $"  s{_random.Next(3)} = {Value(1)};\n");
                break;
            case 5:
                _text.Append(CultureInfo.InvariantCulture, $"  {Variable()} ^= table[{Value(0)} & 15];\n");
                break;
            case 6 or 7:
                _text.Append(CultureInfo.InvariantCulture, $"  if ({Condition()}) {{\n");
                Statement(depth - 1);
                _text.Append(_random.Next(3) == 0 ? $"  return {Value(1)};\n" : "");
                if (_random.Next(2) == 0)
                {
                    _text.Append("  } else {\n");
                    Statement(depth - 1);
                }

                _text.Append("  }\n");
                break;
            case 8 or 9:
                var counter = $"i{_random.Next(1000)}";
                _text.Append(CultureInfo.InvariantCulture, $"  for (int {counter} = 0; {counter} < {Value(0)}; {counter}++) {{\n");
                Statement(depth - 1);
                _text.Append(_random.Next(3) == 0 ? $"  if ({Condition()}) break;\n" : "");
                _text.Append("  }\n");
                break;
            default:
                _text.Append(CultureInfo.InvariantCulture, $"  switch ({Value(0)}) {{\n  case 1: {Variable()} = {Value(1)}; break;\n  case 2: {Variable()} = {Call()}; break;\n");
                _text.Append(CultureInfo.InvariantCulture, $"  case 3: return {Value(1)};\n  case 4: g0++; break;\n  case 5: {Variable()} += {_random.Next(99)}; break;\n  }}\n");
                break;
        }
    }

    private string Condition() => _random.Next(4) == 0
        ? $"__builtin_expect({Value(0)} {Pick(">", "==", "<")} {_random.Next(2000)}, 0)"
        : $"{Value(1)} {Pick(">", "==", "<", "!=", "<=")} {Value(0)}";

    private string Call()
    {
        // The leaves need few registers.
        var callee = _functions.Count < 3 || _random.Next(8) == 0
            ? Pick("ext0", "ext1")
            : _functions[_random.Next(_random.Next(2) == 0 ? 3 : _functions.Count)];
        return $"{callee}({Value(1)}, {Value(0)})";
    }

    private string Value(int depth) => _random.Next(depth > 0 ? 8 : 4) switch
    {
        0 => Pick("a", "b"),
        1 => Pick("x", "y", "a", "b"),
        2 => _random.Next(4) == 0 ? $"s{_random.Next(3)}" : Pick("a", "b"),
        3 => _random.Next(1, 40).ToString(CultureInfo.InvariantCulture),
        4 or 5 => $"({Value(depth - 1)} {Pick("+", "-", "*", "&", "^", "|")} {Value(depth - 1)})",
        6 => $"({Value(depth - 1)} >> {_random.Next(1, 5)})",
        _ => depth > 1 && _functions.Count >= 3 ? Call() : Pick("a", "b", "x", "y"),
    };

    private string Start() => Pick("a", "b", _random.Next(99).ToString(CultureInfo.InvariantCulture));

    private string Variable() => Pick("x", "y", "a", "b");

    private string Pick(params string[] words) => words[_random.Next(words.Length)];
}
