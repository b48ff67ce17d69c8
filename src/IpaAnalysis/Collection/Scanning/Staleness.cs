using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>Tells units that are out of date. A dump is written before its object, so only source and object are compared.</summary>
internal static class Staleness
{
    /// <summary>Judges one unit; null when it is up to date or nothing can be said.</summary>
    /// <param name="observer">Looks at the files.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="lostSource">The relative path of a source that was found nowhere.</param>
    public static Diagnostic? Judge(TreeObserver observer, Unit unit, string? lostSource)
    {
        if (unit.ObjectPath is null || (unit.SourcePath ?? lostSource) is not { } source)
        {
            return null;
        }

        if (unit.SourcePath is null)
        {
            return Gone(unit);
        }

        return observer.AgeOf(source, unit.ObjectPath) switch
        {
            SourceAge.Newer => DiagnosticCatalog.StaleUnit.At(source, 0, $"The source is newer than its object '{unit.Object}', so the result is about the older source. Build the tree again."),
            SourceAge.Gone => Gone(unit),
            SourceAge.Unreadable => DiagnosticCatalog.TreeUnreadable.At(source, 0, $"Whether '{unit.Object}' is up to date cannot be told. Check the permissions of its source."),
            _ => null,
        };
    }

    private static Diagnostic Gone(Unit unit) =>
        DiagnosticCatalog.StaleUnit.At(unit.ObjectPath, 0, $"The source of '{unit.Object}' is gone. Remove the object, or build the tree again.");
}
