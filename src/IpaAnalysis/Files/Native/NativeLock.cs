using System.Runtime.InteropServices;
using System.Text;

namespace IpaAnalysis.Files.Native;

/// <summary>Calls <c>flock(2)</c>, on descriptors that programs started meanwhile do not inherit. Each method returns its error.</summary>
internal static class NativeLock
{
    // O_RDONLY, O_RDWR and O_CREAT | O_EXCL of open(2); errno(3). The same on every architecture that .NET runs on.
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int OnlyNew = 0x40 | 0x80;
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int WouldBlock = 11;
    public const int NoAccess = 13;
    public const int Exists = 17;
    public const int NotADirectory = 20;
    public const int ReadOnlySystem = 30;

    // O_NONBLOCK, as a FIFO may lie there, and O_CLOEXEC.
    private const int Always = 0x800 | 0x80000;
    private const uint ForEveryone = 0x1B6;
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int NeverWait = 4;
    private const int Free = 8;
    private const int InvalidArgument = 22;

    private static readonly NativeErrors s_openErrors = new();
    private static readonly NativeErrors s_lockErrors = new();

    /// <summary>Opens a path.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="flags">How.</param>
    /// <param name="error">The error; 0 when there is none.</param>
    /// <returns>The descriptor; negative when there is an error.</returns>
    public static int Open(string path, int flags, out int error)
    {
        // A NUL inside would name another file.
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            error = InvalidArgument;
            return -1;
        }

        var name = Encoding.UTF8.GetBytes(path + '\0');
        while (true)
        {
            var areSettled = s_openErrors.AreSettled;
            var descriptor = Open(in name[0], flags | Always, ForEveryone);
            if (descriptor >= 0)
            {
                error = 0;
                return descriptor;
            }

            if (s_openErrors.TryRead(areSettled, out error))
            {
                return descriptor;
            }
        }
    }

    /// <summary>Locks a descriptor, without waiting; returns the error, 0 when there is none.</summary>
    public static int TryLock(int descriptor, bool isShared)
    {
        while (true)
        {
            var areSettled = s_lockErrors.AreSettled;
            if (Flock(descriptor, (isShared ? Shared : Exclusive) | NeverWait) >= 0)
            {
                return 0;
            }

            if (s_lockErrors.TryRead(areSettled, out var error))
            {
                return error;
            }
        }
    }

    /// <summary>Ends a lock.</summary>
    public static void Unlock(int descriptor) => _ = Flock(descriptor, Free);

    /// <summary>Closes a descriptor.</summary>
    public static void Close(int descriptor) => _ = CloseDescriptor(descriptor);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(ref readonly byte path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(int descriptor, int operation);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseDescriptor(int descriptor);
}
