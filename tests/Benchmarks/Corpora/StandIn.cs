using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>
/// Makes a tree of the whole kernel's shape where the corpus is not at hand: compiles C files of several sizes, each with
/// inlining chains, clones and calls, and writes each many times under other names of the same length.
/// </summary>
internal static class StandIn
{
    /// <summary>As many as an x86_64_defconfig of Linux 6.1 has.</summary>
    private const int ObjectCount = 2697;
    private const int ObjectsPerDirectory = 12;

    // What every object has instead of its own directory and number.
    private const string UnitPlaceholder = "d000/unit00000";
    private const string NamePlaceholder = "x00000";

    /// <summary>Functions of a template come in groups of six; sized so that dumps and call graphs are as large as the kernel's.</summary>
    private static readonly int[] s_groups = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 16, 16, 17, 20, 22, 26, 30, 35, 70];

    /// <summary>Writes the tree.</summary>
    public static void Write(string directory, int threads)
    {
        var scratch = Directory.CreateTempSubdirectory("ipa-stand-in-").FullName;
        try
        {
            var templates = new Dictionary<string, byte[]>[s_groups.Length];
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            Parallel.For(0, templates.Length, options, i => templates[i] = Compile(Path.Combine(scratch, $"{i}"), s_groups[i]));
            Parallel.For(0, ObjectCount, options, i => WriteObject(directory, templates[i * 7 % templates.Length], i));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Dictionary<string, byte[]> Compile(string directory, int groups)
    {
        Directory.CreateDirectory(Path.Combine(directory, "d000"));
        File.WriteAllText(Path.Combine(directory, UnitPlaceholder + ".c"), Source(groups));
        string[] arguments =
            ["-O2", "-pg", "-mfentry", "-fdump-ipa-clones", "-fcallgraph-info", "-c", UnitPlaceholder + ".c", "-o", UnitPlaceholder + ".o"];
        var start = new ProcessStartInfo("gcc", arguments) { WorkingDirectory = directory };
        using (var process = Process.Start(start)!)
        {
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException("gcc cannot compile the stand-in for the corpus.");
            }
        }

        var files = Corpus.List(directory).ToDictionary(f => Path.GetRelativePath(directory, f), File.ReadAllBytes);
        files["d000/.unit00000.o.cmd"] = Encoding.ASCII.GetBytes(Command());
        return files;
    }

    private static void WriteObject(string directory, Dictionary<string, byte[]> template, int number)
    {
        var unit = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"d{number / ObjectsPerDirectory:000}/unit{number:00000}"));
        var name = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"x{number:00000}"));
        Directory.CreateDirectory(Path.Combine(directory, Encoding.ASCII.GetString(unit[..4])));
        foreach (var (path, content) in template)
        {
            var bytes = content.ToArray();
            Replace(bytes, Encoding.ASCII.GetBytes(UnitPlaceholder), unit);
            Replace(bytes, Encoding.ASCII.GetBytes(NamePlaceholder), name);
            var file = path.Replace("d000", Encoding.ASCII.GetString(unit[..4]), StringComparison.Ordinal)
                .Replace("unit00000", Encoding.ASCII.GetString(unit[5..]), StringComparison.Ordinal);
            File.WriteAllBytes(Path.Combine(directory, file), bytes);
        }
    }

    private static void Replace(Span<byte> bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> @new)
    {
        for (var at = bytes.IndexOf(old); at >= 0; at = bytes.IndexOf(old))
        {
            @new.CopyTo(bytes[at..]);
            bytes = bytes[(at + @new.Length)..];
        }
    }

    private static string Source(int groups)
    {
        var text = new StringBuilder("int x00000_empty_translation_unit;\n");
        for (var i = 0; i < groups; i++)
        {
            var n = string.Create(CultureInfo.InvariantCulture, $"{i:000}");
            text.Append(CultureInfo.InvariantCulture, $$"""
                # 41 "/usr/src/stand-in-6.1/include/asm-generic/bitops/group_{{n}}.h"
                extern int x00000_unknown_{{n}}(int);
                static inline int x00000_test_bit_{{n}}(const int *p, int a) { return p[a & 31] >> (a & 7); }
                static inline int x00000_find_entry_{{n}}(const int *p, int a) { return x00000_test_bit_{{n}}(p, a) + x00000_test_bit_{{n}}(p, a + 3); }
                # 105 "d000/unit00000.c"
                static __attribute__((noinline)) int x00000_scan_table_{{n}}(const int *p, int a, int unused)
                {
                    int sum = 0;
                    for (int i = 0; i < a; i++)
                        sum += x00000_unknown_{{n}}(x00000_find_entry_{{n}}(p, i));
                    return sum;
                }
                static int x00000_slow_path_{{n}}(const int *p, int a)
                {
                    if (__builtin_expect(p == 0, 0))
                        return 0;
                    for (int i = 0; i < 9; i++)
                        a += x00000_unknown_{{n}}(a) * x00000_unknown_{{n}}(i);
                    return a;
                }
                int x00000_handle_request_{{n}}(const int *p, int a) { return x00000_scan_table_{{n}}(p, 40, a) + x00000_slow_path_{{n}}(p, a); }
                int x00000_release_all_{{n}}(const int *p, int (*f)(int)) { return f(x00000_scan_table_{{n}}(p, 40, 2)) + x00000_slow_path_{{n}}(p, 5); }

                """);
        }

        return text.ToString();
    }

    /// <summary>A command of the kernel's length, which has eighty options between the compiler and its files.</summary>
    private static string Command()
    {
        var options = string.Concat(Enumerable.Range(0, 80).Select(static i => string.Create(CultureInfo.InvariantCulture, $" -Wno-warning-number-{i:00}")));
        return $"""
            cmd_{UnitPlaceholder}.o := gcc -Wp,-MMD,d000/.unit00000.o.d -D__KERNEL__{options} -O2 -pg -mfentry -fdump-ipa-clones -fcallgraph-info -c -o {UnitPlaceholder}.o {UnitPlaceholder}.c
            source_{UnitPlaceholder}.o := {UnitPlaceholder}.c

            """;
    }
}
