using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace IpaAnalysis.Processes;

/// <summary>A process and all it started.</summary>
internal static class ProcessTree
{
    private const int Kill = 9;
    private const int Terminate = 15;

    // make needs a moment to delete the target it was making: half an object would look up to date.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    // Absent in kernels without CONFIG_PROC_CHILDREN.
    private static readonly bool s_listsChildren = File.Exists("/proc/1/task/1/children");

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

    /// <summary>Looks at what the tree has done and does.</summary>
    public static TreeActivity Look(int root)
    {
        var activity = default(TreeActivity);
        foreach (var member in s_listsChildren ? Descendants(root) : Members(root).ConvertAll(static member => member.Id))
        {
            if (ProcessStatus.Of(member) is { } status)
            {
                activity = new TreeActivity(activity.Count + 1, activity.Ticks + status.Ticks, activity.IsBusy || status.State is 'R' or 'D');
            }
        }

        return activity;
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

    private static bool IsRunning(Member member) => ProcessStatus.Of(member.Id) is { State: not 'Z' } status && status.Start == member.Start;

    private static List<Member> Members(int root)
    {
        var children = new Dictionary<int, List<Member>>();
        var members = new List<Member>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ProcessStatus.Of(id) is { } status)
            {
                if (id == root)
                {
                    members.Add(new Member(id, status.Start));
                }

                (CollectionsMarshal.GetValueRefOrAddDefault(children, status.Parent, out _) ??= []).Add(new Member(id, status.Start));
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

    /// <summary>The tree as the kernel lists it: no look at the thousands of other processes of a busy machine.</summary>
    private static List<int> Descendants(int root)
    {
        var found = new List<int> { root };
        for (var i = 0; i < found.Count; i++)
        {
            try
            {
                foreach (var task in Directory.EnumerateDirectories($"/proc/{found[i].ToString(CultureInfo.InvariantCulture)}/task"))
                {
#pragma warning disable RS0030 // The kernel makes this file: nobody else can put one there.
                    foreach (var child in File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
#pragma warning restore RS0030
                    {
                        if (int.TryParse(child, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !found.Contains(id))
                        {
                            found.Add(id);
                        }
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int id, int signal);

    private readonly record struct Member(int Id, ulong Start);
}
