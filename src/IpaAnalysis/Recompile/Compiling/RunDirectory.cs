using System.Globalization;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>A directory of this process for what compilers write, removed at the end; those of processes that were killed are removed at the start.</summary>
internal sealed class RunDirectory : IDisposable
{
    private static int s_count;
    private readonly string _parent;
    private readonly string _path;

    public RunDirectory(string parent)
    {
        _parent = parent;
        Directory.CreateDirectory(parent);
        foreach (var left in Directory.EnumerateDirectories(parent))
        {
            var owner = Path.GetFileName(left).Split('-')[0];
            if (!Directory.Exists("/proc/" + owner))
            {
                Remove(left, isRecursive: true);
            }
        }

        _path = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}"));
    }

    /// <summary>The directory of a unit.</summary>
    public string ForUnit(int unit) => Path.Combine(_path, unit.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        Remove(_path, isRecursive: true);
        Remove(_parent, isRecursive: false);
    }

    private static void Remove(string path, bool isRecursive)
    {
        try
        {
            Directory.Delete(path, isRecursive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process uses it or removes it too, or a compiler that is being ended still writes: the next build does it.
        }
    }
}
