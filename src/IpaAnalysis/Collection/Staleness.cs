using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection;

/// <summary>Tells units that are out of date. A dump is written before its object, so only source and object are compared.</summary>
internal static class Staleness
{
    /// <summary>Judges one unit; null when it is up to date or nothing can be said.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="lostSource">The relative path of a source that was found nowhere.</param>
    public static Diagnostic? Judge(Unit unit, string? lostSource)
    {
        if (unit.ObjectPath is null || (unit.SourcePath ?? lostSource) is not { } source)
        {
            return null;
        }

        try
        {
            if (unit.SourcePath is null)
            {
                return Gone(unit);
            }

            var file = new FileInfo(source);
            if (Exists(file.FullName))
            {
                return file.LastWriteTimeUtc > File.GetLastWriteTimeUtc(unit.ObjectPath)
                    ? DiagnosticCatalog.StaleUnit.At(source, 0, $"The source is newer than its object '{unit.Object}', so the result is about the older source. Build the tree again.")
                    : null;
            }

            return Directory.Exists(file.DirectoryName) ? Gone(unit) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCatalog.TreeUnreadable.At(source, 0, $"Whether '{unit.Object}' is up to date cannot be told. Check the permissions of its source.");
        }
    }

    private static Diagnostic Gone(Unit unit) =>
        DiagnosticCatalog.StaleUnit.At(unit.ObjectPath, 0, $"The source of '{unit.Object}' is gone. Remove the object, or build the tree again.");

    /// <summary>Unlike <see cref="File.Exists"/> tells a file that may not be seen from one that is not there.</summary>
    private static bool Exists(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
