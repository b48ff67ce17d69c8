using System.Globalization;

namespace IpaAnalysis.Faults.Harness;

/// <summary>Reads from <c>/proc</c> how much memory processes use.</summary>
internal static class ProcessMemory
{
    /// <summary>The most memory that this process has used so far, in bytes (<c>VmHWM</c>).</summary>
    public static long OwnPeak() => Field("/proc/self/status", "VmHWM:") ?? 0;

    /// <summary>The memory that a process and all that it started use now, in bytes.</summary>
    public static long OfTree(int root)
    {
        var children = new Dictionary<int, List<int>>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Parent(directory) is { } parent)
            {
                (children.TryGetValue(parent, out var list) ? list : children[parent] = []).Add(id);
            }
        }

        var (sum, open) = (0L, new Stack<int>([root]));
        while (open.TryPop(out var id))
        {
            sum += Field($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/status", "VmRSS:") ?? 0;
            children.GetValueOrDefault(id, []).ForEach(open.Push);
        }

        return sum;
    }

    private static int? Parent(string directory)
    {
        try
        {
            // The name, in parentheses, may hold blanks and parentheses.
            var stat = File.ReadAllText(Path.Combine(directory, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return null;
        }
    }

    private static long? Field(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) << 10;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return null;
        }
    }
}
