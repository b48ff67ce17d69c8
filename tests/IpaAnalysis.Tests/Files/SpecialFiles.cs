using System.Net.Sockets;
using System.Runtime.InteropServices;
using IpaAnalysis.Files;

namespace IpaAnalysis.Tests.Files;

/// <summary>Makes what may lie under a file's name and is no file.</summary>
internal static class SpecialFiles
{
    private const uint ReadWriteAll = 0x1B6;
    private const int Nobody = 65534;

    /// <summary>Kinds of things that have no content which could be read, and one that has no end.</summary>
    public enum Thing
    {
        Fifo,
        Device,
        Socket,
        Directory,
        LinkLoop,
        TooLarge,
    }

    /// <summary>Every kind.</summary>
    public static IEnumerable<Thing> All => Enum.GetValues<Thing>();

    /// <summary>Every kind that is no regular file.</summary>
    public static IEnumerable<Thing> NoFiles => All.Where(t => t != Thing.TooLarge);

    /// <summary>Every kind that a listing shows among the files.</summary>
    public static IEnumerable<Thing> NoDirectories => All.Where(t => t != Thing.Directory);

    /// <summary>Puts one in a file's place.</summary>
    /// <param name="thing">What.</param>
    /// <param name="path">Absolute path.</param>
    /// <param name="role">What the file is read as.</param>
    public static void Put(Thing thing, string path, FileRole role)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        File.Delete(path);
        switch (thing)
        {
            case Thing.Fifo:
                Assert.That(MakeFifo(path, ReadWriteAll), Is.Zero);
                break;
            case Thing.Device:
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case Thing.Socket:
                PutSocket(path);
                break;
            case Thing.Directory:
                Directory.CreateDirectory(path);
                break;
            case Thing.LinkLoop:
                File.CreateSymbolicLink(path, path);
                break;
            case Thing.TooLarge:
                using (var file = File.Create(path))
                {
                    file.SetLength(FileBounds.Of(role) + 1);
                }

                break;
        }
    }

    /// <summary>Does something as a user who is not root: the kernel asks each thread who it is when it opens files.</summary>
    public static T AsNobody<T>(Func<T> work)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetFileSystemUser(Nobody);
            try
            {
                result = work();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw failure;
    }

    /// <summary>A socket's name has at most some hundred bytes, so that it is made elsewhere.</summary>
    private static void PutSocket(string path)
    {
        var directory = Directory.CreateTempSubdirectory("s").FullName;
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, "s")));
            File.Move(Path.Combine(directory, "s"), path);
        }

        Directory.Delete(directory, recursive: true);
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeFifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileSystemUser(int user);
}
