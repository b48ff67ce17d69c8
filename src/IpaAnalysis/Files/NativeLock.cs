using System.Runtime.InteropServices;
using System.Text;

namespace IpaAnalysis.Files;

/// <summary>Calls <c>flock(2)</c>, on descriptors that programs started meanwhile do not inherit.</summary>
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
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;

    /// <summary>The error of the last call of this thread.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>Opens a path; negative when that fails.</summary>
    public static int Open(string path, int flags)
    {
        // A NUL inside would name another file.
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            Marshal.SetLastPInvokeError(InvalidArgument);
            return -1;
        }

        var name = Encoding.UTF8.GetBytes(path + '\0');
        int descriptor;
        do
        {
            descriptor = Open(in name[0], flags | Always, ForEveryone);
        }
        while (descriptor < 0 && LastError == Interrupted);
        return descriptor;
    }

    /// <summary>Locks a descriptor, without waiting.</summary>
    public static bool TryLock(int descriptor, bool isShared)
    {
        int result;
        do
        {
            result = Flock(descriptor, (isShared ? Shared : Exclusive) | NeverWait);
        }
        while (result != 0 && LastError == Interrupted);
        return result == 0;
    }

    /// <summary>Ends a lock.</summary>
    public static void Unlock(int descriptor) => _ = Flock(descriptor, Free);

    /// <summary>Closes a descriptor; the error of the call before it stays.</summary>
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
