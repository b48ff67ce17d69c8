using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace IpaAnalysis.Toolchain;

/// <summary>Ends a process and all it started.</summary>
internal static class ProcessTree
{
    private const int Kill = 9;
    private const int Terminate = 15;

    // make needs a moment to delete the target it was making: half an object would look up to date.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Asks the tree to end and kills what has not after a moment.</summary>
    public static void End(int root)
    {
        var members = Members(root);
        Signal(members, Terminate);
        var clock = Stopwatch.StartNew();
        while (members.Exists(IsRunning) && clock.Elapsed < Grace)
        {
            Thread.Sleep(10);
        }

        foreach (var member in members.ToArray())
        {
            // Children started after the first look have a parent among the members, unless it has ended since.
            if (IsRunning(member))
            {
                members.AddRange(Members(member.Id));
            }
        }

        Signal(members, Kill);
    }

    private static void Signal(List<Member> members, int signal)
    {
        foreach (var member in members)
        {
            if (IsRunning(member))
            {
                _ = kill(member.Id, signal);
            }
        }
    }

    private static bool IsRunning(Member member) =>
        TryReadStat(member.Id, out _, out var start, out var state) && start == member.Start && state != 'Z';

    private static List<Member> Members(int root)
    {
        var children = new Dictionary<int, List<Member>>();
        var members = new List<Member>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && TryReadStat(id, out var parent, out var start, out _))
            {
                if (id == root)
                {
                    members.Add(new Member(id, start));
                }

                (CollectionsMarshal.GetValueRefOrAddDefault(children, parent, out _) ??= []).Add(new Member(id, start));
            }
        }

        for (var i = 0; i < members.Count; i++)
        {
            if (children.Remove(members[i].Id, out var started))
            {
                members.AddRange(started);
            }
        }

        return members;
    }

    /// <summary>Reads <c>/proc/ID/stat</c>; the start time tells a process from a later one of the same number.</summary>
    private static bool TryReadStat(int id, out int parent, out ulong start, out char state)
    {
        (parent, start, state) = (0, 0, 'Z');
        string text;
        try
        {
#pragma warning disable RS0030 // The kernel makes this file: nobody else can put one there.
            text = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
#pragma warning restore RS0030
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        // The second field is the program's name in brackets and may hold anything, brackets too.
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20)
        {
            return false;
        }

        state = fields[0][0];
        return int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out parent)
            && ulong.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out start);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int id, int signal);

    private readonly record struct Member(int Id, ulong Start);
}
