using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Truth;

/// <summary>
/// Finds unsafe callees and folded variables by brute force from the other side: the address of each static function or variable
/// that a function uses is put where everybody may take it from, one at a time. A function whose code is then another relied on
/// its callers; a variable that is nowhere written, or nowhere read, and changes any code was folded. What a function uses is what
/// its code without optimization names.
/// </summary>
internal sealed partial class OpenedFinder
{
    private readonly PreparedUnit _unit;
    private readonly Lazy<ObjectCode?> _plain;
    private readonly ConcurrentDictionary<string, Lazy<IReadOnlySet<string>?>> _differing = [];

    /// <param name="unit">The unit.</param>
    public OpenedFinder(PreparedUnit unit)
    {
        _unit = unit;
        _plain = new(() => TruthFinder.Compile(unit, unit.Text, ["-O0", "-fdump-tree-gimple=" + Statements]));
    }

    private string Statements => Path.Combine(_unit.Directory, "statements");

    /// <summary>The truth; null when the unit does not compile without optimization.</summary>
    public OpenedNames? Find(DefinedFunction function)
    {
        if (_plain.Value is not { } plain)
        {
            return null;
        }

        var names = plain.ByOrigin[function.Name].SelectMany(p => p.Tokens).SelectMany(t => t.Places).SelectMany(p => p).Select(WithoutOffset).Where(n => n != function.Name).ToHashSet(StringComparer.Ordinal);
        var functions = _unit.Functions.Where(f => f.IsStatic && names.Contains(f.Name) && _unit.Baseline.ByOrigin.Contains(f.Name)).Select(f => f.Name);
        return new OpenedNames(
            functions.Where(IsUnsafe).ToHashSet(StringComparer.Ordinal),
            names.Where(plain.LocalVariables.Contains).Where(v => IsUsedOneWay(v) && Differing(v)?.Count > 0).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Also a function that has clones only: there is nothing to call.</summary>
    private bool IsUnsafe(string callee) =>
        !_unit.Baseline.ByOrigin[callee].Any(p => p.Symbols.Contains(callee, StringComparer.Ordinal)) || Differing(callee)?.Contains(callee) == true;

    /// <summary>Whether statements only read a variable, or only write it, and none takes its address.</summary>
    private bool IsUsedOneWay(string variable)
    {
        var (reads, writes) = (false, false);
        foreach (var line in File.ReadLines(Statements))
        {
            foreach (Match mention in Regex.Matches(line, $@"(?<![\w.$]){Regex.Escape(variable)}(?![\w$]|\.\d)"))
            {
                if (mention.Index > 0 && line[mention.Index - 1] == '&')
                {
                    return false;
                }

                var isWritten = line[..mention.Index].Trim().Length == 0 && Assignment().IsMatch(line[(mention.Index + mention.Length)..]);
                (reads, writes) = (reads || !isWritten, writes || isWritten);
            }
        }

        return reads != writes;
    }

    // Elements and members, then the sign.
    [GeneratedRegex(@"^(\[[^\]]*\]|\.[\w.]+)* = ")]
    private static partial Regex Assignment();

    private IReadOnlySet<string>? Differing(string name) => _differing.GetOrAdd(name, _ => new Lazy<IReadOnlySet<string>?>(() =>
        TruthFinder.Compile(_unit, [.. _unit.Text, .. Encoding.UTF8.GetBytes($"\n;__typeof__({name}) *ipa_oracle_opened = &{name};\n")], []) is { } variant
            ? ObjectComparer.Compare(_unit.Baseline, variant).Select(d => d.Origin).ToHashSet(StringComparer.Ordinal)
            : null)).Value;

    private static string WithoutOffset(string place) => place.Split('+', '#')[0];
}
