using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IpaAnalysis.Files.Native;

/// <summary>Calls <c>open(2)</c>: .NET's own opening waits at a FIFO for somebody who writes to it.</summary>
internal static class NativeFile
{
    // The same on every architecture that .NET runs on.
    private const int ReadOnly = 0;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int NoDeviceOrAddress = 6;
    private const int AccessDenied = 13;
    private const int NotDirectory = 20;

    private static readonly NativeErrors s_errors = new();

    private static volatile bool s_isMissing;

    /// <summary>Opens a file for reading without ever waiting for it.</summary>
    /// <param name="path">Absolute path, as it is in exceptions.</param>
    /// <param name="terminated">The path in UTF-8, ended by a NUL.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static SafeFileHandle Open(string path, ReadOnlySpan<byte> terminated)
    {
        if (s_isMissing)
        {
            return OpenPortably(path);
        }

        try
        {
            while (true)
            {
                var areSettled = s_errors.AreSettled;
                var descriptor = Open(in MemoryMarshal.GetReference(terminated), ReadOnly | NonBlocking | CloseOnExec | NoControllingTerminal);
                if (descriptor >= 0)
                {
                    return new SafeFileHandle(descriptor, ownsHandle: true);
                }

                if (s_errors.TryRead(areSettled, out var error))
                {
                    throw Failure(path, error);
                }
            }
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            s_isMissing = true;
            return OpenPortably(path);
        }
    }

    /// <summary>The exception for an error number of <c>open</c> or <c>statx</c>.</summary>
    public static Exception Failure(string path, int error) => error switch
    {
        NoEntry or NotDirectory => new FileNotFoundException($"'{path}' does not exist.", path),
        NotPermitted or AccessDenied => new UnauthorizedAccessException($"'{path}' may not be read."),
        NoDeviceOrAddress => FileRefusedException.ForKind(path, FileKind.Socket),
        _ => new IOException($"'{path}' cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    /// <summary>Without <c>open</c> of the C library.</summary>
    internal static SafeFileHandle OpenPortably(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(ref readonly byte path, int flags);
}
