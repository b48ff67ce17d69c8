using System.Buffers;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>Copies a tree of dumps, once as it is or several times with other names for objects, functions and sources.</summary>
internal static class CorpusCopier
{
    /// <summary>Copies the files as they are, so that the benchmark may change them.</summary>
    public static void CopyOnce(string from, string to, int threads) => Copy(from, to, threads, [""], static (path, bytes, write) => write(path, bytes));

    /// <summary>Copies the files into <c>copy0/</c> to <c>copy9/</c>. Two runs write the same bytes.</summary>
    public static void CopyRenamed(string from, string to, int copies, int threads)
    {
        CopyNames[] names = [.. Enumerable.Range(0, copies).Select(static i => new CopyNames(i))];
        Copy(from, to, threads, [.. names.Select(static n => n.Directory)], (path, bytes, write) =>
        {
            var output = new ArrayBufferWriter<byte>(bytes.Length + (bytes.Length / 8) + 256);
            foreach (var copy in names)
            {
                output.ResetWrittenCount();
                WriteCopy(path, bytes, copy, output);
                write(copy.Directory + path, output.WrittenSpan);
            }
        });
    }

    private delegate void Writer(string relative, ReadOnlySpan<byte> content);

    private static void WriteCopy(string path, byte[] bytes, CopyNames names, ArrayBufferWriter<byte> output)
    {
        if (path.EndsWith(".ipa-clones", StringComparison.Ordinal))
        {
            DumpRenamer.Write(bytes, names, output);
        }
        else if (path.EndsWith(".ci", StringComparison.Ordinal))
        {
            CallGraphRenamer.Write(bytes, names, output);
        }
        else if (path.EndsWith(".cmd", StringComparison.Ordinal))
        {
            CommandRenamer.Write(bytes, names, output);
        }
        else
        {
            var target = output.GetSpan(bytes.Length)[..bytes.Length];
            bytes.CopyTo(target);
            ObjectRenamer.Rename(target, names);
            output.Advance(bytes.Length);
        }
    }

    private static void Copy(string from, string to, int threads, string[] prefixes, Action<string, byte[], Writer> copy)
    {
        string[] files = [.. Corpus.List(from).Select(f => Path.GetRelativePath(from, f))];
        var directories = files.Select(static f => Path.GetDirectoryName(f)!).Distinct();
        foreach (var directory in directories.SelectMany(d => prefixes.Select(p => Path.Combine(to, p + d))))
        {
            Directory.CreateDirectory(directory);
        }

        Parallel.ForEach(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            file => copy(file, File.ReadAllBytes(Path.Combine(from, file)), Write));

        void Write(string relative, ReadOnlySpan<byte> content)
        {
            using var handle = File.OpenHandle(Path.Combine(to, relative), FileMode.Create, FileAccess.Write);
            RandomAccess.Write(handle, content, 0);
        }
    }
}
