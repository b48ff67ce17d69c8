using System.Runtime.InteropServices;

namespace IpaAnalysis.Files.Native;

/// <summary>
/// Reads the error of one function of the C library when a call of it failed. Code compiled ahead looks up what reads the error
/// when the function is first called, and in a build node that lookup searches for files, whose error (ENOENT) then stands for
/// the call's: a file that may not be looked at counted as missing. So a call that may have been the first is made again, and
/// one that a signal interrupted as well. Safe for several threads.
/// </summary>
internal sealed class NativeErrors
{
    // EINTR of errno(3), the same on every architecture that .NET runs on.
    private const int Interrupted = 4;

    private volatile bool _areSettled;

    /// <summary>Whether the error of a call that is made now will be its own. Ask before the call.</summary>
    public bool AreSettled => _areSettled;

    /// <summary>Reads the error right after a call that failed.</summary>
    /// <param name="wereSettled">What <see cref="AreSettled"/> was before the call.</param>
    /// <param name="error">The error.</param>
    /// <returns>False when the call must be made again, as its error may be another's.</returns>
    public bool TryRead(bool wereSettled, out int error)
    {
        error = Marshal.GetLastPInvokeError();
        _areSettled = true;
        return wereSettled && error != Interrupted;
    }
}
