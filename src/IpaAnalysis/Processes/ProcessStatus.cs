using System.Globalization;

namespace IpaAnalysis.Processes;

/// <summary>What <c>/proc/ID/stat</c> says of a process (proc_pid_stat(5)).</summary>
/// <param name="Parent">The process that started it, or took it over.</param>
/// <param name="Start">When it was started, in ticks since boot: tells a process from a later one of the same number.</param>
/// <param name="State">R running, S sleeping, D waiting for a disk, Z ended.</param>
/// <param name="Ticks">Processor time of it and of its children that have ended, in hundredths of a second.</param>
internal readonly record struct ProcessStatus(int Parent, ulong Start, char State, ulong Ticks)
{
    /// <summary>Reads it; null when there is no such process.</summary>
    public static ProcessStatus? Of(int id)
    {
        string text;
        try
        {
#pragma warning disable RS0030 // The kernel makes this file: nobody else can put one there.
            text = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
#pragma warning restore RS0030
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The second field is the program's name in brackets and may hold anything, brackets too.
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            || !ulong.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var start))
        {
            return null;
        }

        // User and system time, then the same of the children that were waited for.
        ulong ticks = 0;
        for (var field = 11; field <= 14; field++)
        {
            ticks += ulong.TryParse(fields[field], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        }

        return new ProcessStatus(parent, start, fields[0][0], ticks);
    }
}
