namespace IpaAnalysis.Files.Native;

/// <summary>What lies under a path, links followed; the numbers are those of <c>S_IFMT</c> in <c>inode(7)</c>, shifted by 12.</summary>
internal enum FileKind
{
    /// <summary>Nothing that the platform knows.</summary>
    Unknown = 0,

    /// <summary>A named pipe: opening it waits for whoever is at its other end.</summary>
    Fifo = 1,

    /// <summary>A character device, which may have no end.</summary>
    CharacterDevice = 2,

    /// <summary>A directory.</summary>
    Directory = 4,

    /// <summary>A block device.</summary>
    BlockDevice = 6,

    /// <summary>A regular file, the only kind that is read.</summary>
    Regular = 8,

    /// <summary>A socket.</summary>
    Socket = 12,
}
