using System.Globalization;
using System.Net.Sockets;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Hostile;

/// <summary>Puts things that are no ordinary files where a file is expected.</summary>
internal static class SpecialFile
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["fifo", "link to /dev/zero", "link to /dev/null", "link to /dev/tty", "socket", "directory", "mode 000", "dangling link", "link to itself", "64 GB of nothing"];

    /// <summary>Replaces what is at a path.</summary>
    public static void Put(string kind, string path)
    {
        if (kind == "mode 000")
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.None);
            }

            return;
        }

        File.Delete(path);
        switch (kind)
        {
            case "fifo":
                Run("mkfifo", path);
                break;
            case "socket":
                Bind(path);
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "dangling link":
                File.CreateSymbolicLink(path, path + ".gone");
                break;
            case "link to itself":
                File.CreateSymbolicLink(path, Path.GetFileName(path));
                break;
            case "64 GB of nothing":
                Run("truncate", "-s", "64G", path);
                break;
            default:
                File.CreateSymbolicLink(path, kind["link to ".Length..]);
                break;
        }
    }

    private static void Bind(string path)
    {
        // A socket's path may have some hundred characters only: made elsewhere, then moved.
        var made = string.Create(CultureInfo.InvariantCulture, $"/tmp/ipa-{Environment.ProcessId}-{Guid.NewGuid():N}");
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(made));
            Run("cp", "-a", made, path);
        }

        File.Delete(made);
    }

    private static void Run(string program, params string[] arguments)
    {
        var run = ProcessRun.Of(program, arguments, "/", Compiler.Environment, ProcessLimits.Compile);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {run.Output}");
        }
    }
}
