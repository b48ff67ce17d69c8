using System.Collections.Immutable;

namespace IpaAnalysis.Passes;

/// <summary>What a user means by the name of a pass: an option without <c>-f</c>, or a kind of clone.</summary>
internal sealed record PassSelector
{
    private PassSelector(string name, ClonePass? kind, ImmutableArray<IpaPass> passes)
    {
        Name = name;
        Kind = kind;
        Passes = passes;
    }

    /// <summary>Every name that means something, sorted.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        .. IpaPasses.All.Select(p => p.Name)
            .Concat(ClonePasses.All.Append(ClonePasses.Unknown).Select(k => k.Name))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The name, without <c>-f</c>.</summary>
    public string Name { get; }

    /// <summary>The kind of clone that shows it; null when none does.</summary>
    public ClonePass? Kind { get; }

    /// <summary>The passes that are meant; empty for a kind of clone that no option controls.</summary>
    public ImmutableArray<IpaPass> Passes { get; }

    /// <summary>Whether another pass leaves the same kind of clone and this one only builds on it, so that a clone does not tell which of them it was.</summary>
    public bool IsOneOfSeveral => Passes is [{ Leaves: not null, Requires: { } needed } pass] && IpaPasses.Find(needed)?.Leaves == pass.Leaves;

    /// <summary>Finds what a name means, with or without <c>-f</c>; null when it means nothing.</summary>
    public static PassSelector? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = name.StartsWith("-f", StringComparison.Ordinal) ? name[2..] : name;
        if (IpaPasses.Find(name) is { } pass)
        {
            return Of(pass);
        }

        var kind = ClonePasses.All.Append(ClonePasses.Unknown).FirstOrDefault(k => k.Name == name);
        return kind is null ? null : new PassSelector(name, kind, [.. IpaPasses.All.Where(p => p.Leaves == kind)]);
    }

    /// <summary>The selector of one pass.</summary>
    public static PassSelector Of(IpaPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return new PassSelector(pass.Name, pass.Leaves, [pass]);
    }

    /// <summary>Whether what <paramref name="other"/> finds is meant here too: <c>isra</c> means <c>ipa-sra</c> and the other way round, but <c>ipa-cp-clone</c> is only a part of <c>constprop</c>.</summary>
    public bool Covers(PassSelector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Name == other.Name
            || (Kind is not null && Kind == other.Kind && !IsOneOfSeveral)
            || other.Passes.Any(p => p.PartOf == Name);
    }
}
