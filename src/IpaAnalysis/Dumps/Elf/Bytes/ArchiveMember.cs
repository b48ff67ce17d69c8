namespace IpaAnalysis.Dumps.Elf.Bytes;

/// <summary>A file in an archive of <c>ar</c>.</summary>
/// <param name="Name">Its name, as far as UTF-8.</param>
/// <param name="Start">Where its bytes start in the archive.</param>
/// <param name="Length">How many bytes it has.</param>
internal sealed record ArchiveMember(string Name, long Start, long Length);
