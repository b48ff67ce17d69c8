using System.Globalization;
using System.Runtime.InteropServices;

namespace IpaAnalysis.Benchmarks.Report;

/// <summary>Where the numbers were measured.</summary>
internal static class Machine
{
    /// <summary>Processors, memory, systems, and how busy the machine was already.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({Field("/proc/cpuinfo", "model name")}), {Memory():0.0} GiB memory, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {Load()} at the start");

    private static double Memory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Field(string file, string name)
    {
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) : null;
        return line is null ? "unknown" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
