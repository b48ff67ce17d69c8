using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IpaAnalysis.Files.Native;

/// <summary>Calls <c>statx(2)</c>: .NET tells neither a file's number nor the time of its last change.</summary>
internal static class NativeStatus
{
    private const int CurrentDirectory = -100;
    private const int FollowLinks = 0;

    // STATX_TYPE, STATX_MTIME, STATX_CTIME, STATX_INO, STATX_SIZE.
    private const uint Wanted = 0x01 | 0x40 | 0x80 | 0x100 | 0x200;

    // Sandboxes that know no statx refuse it with EPERM, which stat itself never gives.
    private const int NotPermitted = 1;
    private const int NotImplemented = 38;

    // AT_EMPTY_PATH: of the descriptor itself.
    private const int OfDescriptor = 0x1000;

    // S_IFMT is its highest four bits.
    private const int KindShift = 12;

    private static readonly NativeErrors s_errors = new();

    private static volatile bool s_isMissing;

    /// <summary>Asks for a path in UTF-8 that ends with a NUL; null when the platform has no answer at all.</summary>
    public static bool? TryGet(ReadOnlySpan<byte> path, out FileIdentity identity, out FileKind kind) =>
        TryGet(path, out identity, out kind, out _);

    /// <summary>The same, with the error where the answer is false.</summary>
    public static bool? TryGet(ReadOnlySpan<byte> path, out FileIdentity identity, out FileKind kind, out int error) =>
        TryGet(CurrentDirectory, path, FollowLinks, out identity, out kind, out error);

    /// <summary>The same for a file that is open.</summary>
    public static bool? TryGet(int descriptor, out FileIdentity identity) => TryGet(descriptor, "\0"u8, OfDescriptor, out identity, out _, out _);

    /// <summary>The same for a path from a directory that is open.</summary>
    public static bool? TryGet(int directory, ReadOnlySpan<byte> path, out FileIdentity identity, out FileKind kind) =>
        TryGet(directory, path, FollowLinks, out identity, out kind, out _);

    /// <summary>The same for a file that is open.</summary>
    public static bool? TryGet(SafeFileHandle file, out FileIdentity identity, out FileKind kind)
    {
        var isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return TryGet((int)file.DangerousGetHandle(), "\0"u8, OfDescriptor, out identity, out kind, out _);
        }
        finally
        {
            if (isHeld)
            {
                file.DangerousRelease();
            }
        }
    }

    private static bool? TryGet(int directory, ReadOnlySpan<byte> path, int flags, out FileIdentity identity, out FileKind kind, out int error)
    {
        (identity, kind, error) = (default, FileKind.Unknown, 0);
        if (s_isMissing)
        {
            return null;
        }

        try
        {
            bool areSettled;
            do
            {
                areSettled = s_errors.AreSettled;
                if (Statx(directory, in MemoryMarshal.GetReference(path), flags, Wanted, out var status) == 0)
                {
                    identity = new FileIdentity(
                        status.Size, status.Modified.Nanoseconds, status.Changed.Nanoseconds, status.Inode, ((ulong)status.DeviceMajor << 32) | status.DeviceMinor);
                    kind = (FileKind)(status.Mode >> KindShift);
                    return true;
                }
            }
            while (!s_errors.TryRead(areSettled, out error));
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            s_isMissing = true;
            return null;
        }

        if (error is not (NotPermitted or NotImplemented))
        {
            return false;
        }

        s_isMissing = true;
        return null;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, ref readonly byte path, int flags, uint mask, out Status status);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        private readonly long _seconds;
        private readonly uint _nanoseconds;
        private readonly int _reserved;

        public long Nanoseconds => (_seconds * 1_000_000_000) + _nanoseconds;
    }

    /// <summary><c>struct statx</c> of <c>linux/stat.h</c>; the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Status
    {
        [FieldOffset(28)]
        public readonly ushort Mode;

        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(40)]
        public readonly long Size;

        [FieldOffset(96)]
        public readonly Time Changed;

        [FieldOffset(112)]
        public readonly Time Modified;

        [FieldOffset(136)]
        public readonly uint DeviceMajor;

        [FieldOffset(140)]
        public readonly uint DeviceMinor;
    }
}
