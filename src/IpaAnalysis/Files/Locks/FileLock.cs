using System.Runtime.InteropServices;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files.Locks;

/// <summary>
/// A lock of <c>flock(2)</c> on a file or directory: the kernel keeps it beside the file itself, so that it holds between
/// containers and users, and ends it with the process, however that ends. Programs started meanwhile do not inherit it.
/// (The locks of .NET's <c>FileShare</c> can be switched off by the environment.)
/// </summary>
internal sealed class FileLock : IDisposable
{
    // A file that is replaced as often as it is opened is no lock.
    private const int MostTries = 100;

    private int _descriptor;

    private FileLock(string path, int descriptor) => (Path, _descriptor) = (path, descriptor);

    /// <summary>What is locked.</summary>
    public string Path { get; }

    /// <summary>Tries to lock a file, which is made with its directory if it is missing.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="isShared">Whether others may share the lock; then a missing file is not made.</param>
    public static LockAttempt TryTake(string path, bool isShared)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (OpenFile(path, creates: !isShared, out var failure) is not { } descriptor)
            {
                if (failure is { } end)
                {
                    return end;
                }

                continue;
            }

            var attempt = Lock(path, descriptor, isShared);

            // Its last holder may have removed it before we had the lock: then it is no longer what others open.
            if (attempt.Status != LockStatus.Taken || IsAtPath(path, descriptor))
            {
                return attempt;
            }

            attempt.Lock!.Dispose();
        }

        return new LockAttempt(LockStatus.Refused, null, "the file is replaced all the time, or is a link to nothing");
    }

    /// <summary>Tries to lock a directory, in which nothing is written.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="isShared">Whether others may share the lock.</param>
    public static LockAttempt TryTakeDirectory(string path, bool isShared)
    {
        // Only a directory has a `.` in it.
        var descriptor = NativeLock.Open(System.IO.Path.Combine(path, "."), NativeLock.ReadOnly, out var error);
        return descriptor >= 0 ? Lock(path, descriptor, isShared)
            : IsMissing(error) ? new LockAttempt(LockStatus.Missing)
            : Refused(error);
    }

    /// <summary>Whether someone else holds a file or directory so that it could not be locked now; nothing is made.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="isShared">Whether the lock would be shared.</param>
    public static bool IsBusy(string path, bool isShared)
    {
        var descriptor = NativeLock.Open(path, NativeLock.ReadOnly, out _);
        if (descriptor < 0)
        {
            return false;
        }

        var attempt = Lock(path, descriptor, isShared);
        attempt.Lock?.Dispose();
        return attempt.Status == LockStatus.Busy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
        {
            // Also where a program that is just being started still has a copy of the descriptor.
            NativeLock.Unlock(descriptor);
            NativeLock.Close(descriptor);
        }
    }

    /// <summary>Opens a file; null without a failure means that it is worth another try.</summary>
    private static int? OpenFile(string path, bool creates, out LockAttempt? failure)
    {
        failure = null;
        var descriptor = NativeLock.Open(path, NativeLock.ReadWrite, out var error);

        // Another user's file, or a file system that is read-only: most file systems lock such a descriptor, too.
        if (error is NativeLock.NoAccess or NativeLock.NotPermitted or NativeLock.ReadOnlySystem)
        {
            descriptor = NativeLock.Open(path, NativeLock.ReadOnly, out error);
        }

        if (descriptor >= 0)
        {
            return descriptor;
        }

        if (!IsMissing(error) || !creates)
        {
            failure = IsMissing(error) ? new LockAttempt(LockStatus.Missing) : Refused(error);
            return null;
        }

        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = new LockAttempt(LockStatus.Refused, null, e.Message);
            return null;
        }

        // Only if there is none: a link must not lead the new file elsewhere.
        descriptor = NativeLock.Open(path, NativeLock.ReadWrite | NativeLock.OnlyNew, out error);
        if (descriptor >= 0)
        {
            return descriptor;
        }

        failure = error is NativeLock.NoEntry or NativeLock.Exists ? null : Refused(error);
        return null;
    }

    private static LockAttempt Lock(string path, int descriptor, bool isShared)
    {
        var error = NativeLock.TryLock(descriptor, isShared);
        if (error == 0)
        {
            return new LockAttempt(LockStatus.Taken, new FileLock(path, descriptor));
        }

        NativeLock.Close(descriptor);
        return error == NativeLock.WouldBlock ? new LockAttempt(LockStatus.Busy) : Refused(error);
    }

    private static bool IsAtPath(string path, int descriptor) =>
        NativeStatus.TryGet(descriptor, out var open) is not { } isKnown
        || (isKnown && FileIdentity.TryGet(path, out var found) && found.Inode == open.Inode && found.Device == open.Device);

    private static bool IsMissing(int error) => error is NativeLock.NoEntry or NativeLock.NotADirectory;

    private static LockAttempt Refused(int error) => new(LockStatus.Refused, null, Marshal.GetPInvokeErrorMessage(error));
}
