using System.Text;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Assembly.Reading;
using IpaAnalysis.Recompile.Assembly.Units;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>Makes assembly of C, and units of assembly.</summary>
internal static class AssemblyTexts
{
    /// <summary>A function of everything that is numbered: labels, strings, tables, locals, clones.</summary>
    public const string Probe = """

        extern int probe_ext(const char *, int);
        static int probe_unused = 3;
        static const char probe_unused_text[] = "unused";
        static int probe_array[3];
        static __attribute__((__noinline__)) int probe_clone(int x, int y, int z) { static int n; probe_ext("dup", n += x); return y + n; }
        int probe(int x) {
            static int n; static int buf[3]; static const char *const names[] = { "probe one", "two", "dup" };
            n++; buf[x & 1]++; probe_array[x & 1]--;
            switch (x) { case 0: return 12; case 1: return 77; case 2: return 15; case 3: return 2; case 4: return 9; case 5: return 1; }
            switch (x) { case 10: return probe_ext("a", 1); case 11: return 7; case 12: probe_ext("b", 3); return 3; case 13: return buf[1]++; case 14: return probe_clone(1, x, 3); }
            for (int i = 0; i < x; i++) { probe_ext(names[i % 3], n); }
            return probe_ext("probe four", buf[1]) + (int)(x * 3.25);
        }

        """;

    /// <summary>The processor that a compiler's name stands for.</summary>
    public static ElfMachine MachineOf(string compiler) =>
        compiler.StartsWith("aarch64", StringComparison.Ordinal) ? ElfMachine.AArch64
        : compiler.StartsWith("s390x", StringComparison.Ordinal) ? ElfMachine.S390
        : compiler.StartsWith("powerpc64", StringComparison.Ordinal) ? ElfMachine.PowerPC64
        : ElfMachine.X64;

    public static byte[] Compile(string compiler, string flags, string source)
    {
        using var tree = new TemporaryTree();
        tree.Write("unit.c", source);
        tree.Run("", Tools.Require(compiler), [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-w", "-g0", "-S", "unit.c", "-o", "unit.s"]);
        return File.ReadAllBytes(tree["unit.s"]);
    }

    public static AssemblyUnit Read(string compiler, string flags, string source) =>
        AssemblyReader.Read(Compile(compiler, flags, source), MachineOf(compiler));

    public static AssemblyUnit Read(string text, ElfMachine machine = ElfMachine.X64) => AssemblyReader.Read(Encoding.UTF8.GetBytes(text), machine);

    /// <summary>Assembly of functions as GCC lays them out; each is a symbol and statements separated by newlines.</summary>
    public static string Functions(params (string Symbol, string Body)[] functions)
    {
        var text = new StringBuilder("\t.text\n");
        foreach (var (symbol, body) in functions)
        {
            text.Append($"\t.p2align 4\n\t.type\t{symbol}, @function\n{symbol}:\n\t.cfi_startproc\n{body}\n\tret\n\t.cfi_endproc\n\t.size\t{symbol}, .-{symbol}\n");
        }

        return text.ToString();
    }

    public static string[] Differing(AssemblyUnit baseline, AssemblyUnit variant)
    {
        var comparison = AssemblyComparer.Compare(baseline, variant);
        Assert.That(comparison.NotExact, Is.Empty);
        return [.. comparison.Differences.Concat(comparison.LayoutDifferences).Select(d => d.Origin)];
    }

    public static string[] Differing(string baseline, string variant) => Differing(Read(baseline), Read(variant));
}
