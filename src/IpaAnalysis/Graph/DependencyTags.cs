using System.Collections.Immutable;

namespace IpaAnalysis.Graph;

/// <summary>Numbers the kinds of dependency with their passes, of which a program has some dozens.</summary>
internal sealed class DependencyTags
{
    private Dependency[] _dependencies = new Dependency[16];
    private int _count;

    /// <summary>The number of a dependency.</summary>
    public ushort TagOf(DependencyKind kind, string pass)
    {
        for (var tag = 0; tag < _count; tag++)
        {
            ref readonly var known = ref _dependencies[tag];
            if (known.Kind == kind && (ReferenceEquals(known.Pass, pass) || known.Pass == pass))
            {
                return (ushort)tag;
            }
        }

        if (_count == _dependencies.Length)
        {
            Array.Resize(ref _dependencies, _count * 2);
        }

        _dependencies[_count] = new Dependency(kind, pass);
        return (ushort)_count++;
    }

    /// <summary>The dependencies by their numbers.</summary>
    public ImmutableArray<Dependency> ToImmutable() => ImmutableArray.Create(_dependencies, 0, _count);
}
