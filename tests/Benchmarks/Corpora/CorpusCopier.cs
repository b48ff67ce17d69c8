using System.Buffers;
using System.Globalization;
using IpaAnalysis.Files;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>Copies a tree of dumps, once as it is or several times with other names for objects, functions and sources.</summary>
internal static class CorpusCopier
{
    /// <summary>Copies the files as they are, so that the benchmark may change them.</summary>
    public static void CopyOnce(string from, string to, int threads) => Copy(from, to, threads, static (path, bytes, write) => write(path, bytes));

    /// <summary>Copies the files into <c>copy0/</c> to <c>copy9/</c>. Two runs write the same bytes.</summary>
    public static void CopyRenamed(string from, string to, int copies, int threads)
    {
        CopyNames[] names = [.. Enumerable.Range(0, copies).Select(static i => new CopyNames(i))];
        Copy(from, to, threads, (path, bytes, write) =>
        {
            var output = new ArrayBufferWriter<byte>(bytes.Length + (bytes.Length / 8) + 256);
            foreach (var copy in names)
            {
                output.ResetWrittenCount();
                WriteCopy(path, bytes, copy, output);
                write(string.Create(CultureInfo.InvariantCulture, $"copy{copy.Copy}/{path}"), output.WrittenSpan);
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

    private static void Copy(string from, string to, int threads, Action<string, byte[], Writer> copy)
    {
        var directories = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        Parallel.ForEach(
            Corpus.List(from),
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            file => copy(Path.GetRelativePath(from, file), File.ReadAllBytes(file), Write));

        void Write(string relative, ReadOnlySpan<byte> content)
        {
            var path = Path.Combine(to, relative);
            var directory = Path.GetDirectoryName(path)!;
            if (directories.TryAdd(directory, true))
            {
                Directory.CreateDirectory(directory);
            }

            // Another thread may still be making the directory it shares with us.
            Directory.CreateDirectory(directory);
            using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, preallocationSize: 0);
            RandomAccess.Write(handle, content, 0);
        }
    }
}
