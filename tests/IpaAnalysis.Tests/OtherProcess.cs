using System.Diagnostics;

namespace IpaAnalysis.Tests;

/// <summary>A process that holds a lock of <c>flock(2)</c> on a file or directory until it is killed.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts it, and returns when it has the lock.</summary>
    public static OtherProcess Locking(string path)
    {
        // The shell itself holds descriptor 9, so that one kill ends the lock.
        var start = new ProcessStartInfo(
            Tools.Require("bash"), ["-c", "exec 9< \"$1\" && flock -x 9 && echo locked && read -r", "bash", path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Tools.Require("flock");
        var process = Process.Start(start)!;
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("locked"));
        return new OtherProcess(process);
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
