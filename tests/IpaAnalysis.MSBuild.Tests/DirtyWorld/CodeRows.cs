namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>Objects of other code than their sources, and addresses that nobody can look for: A4, A11.</summary>
internal static class CodeRows
{
    private const string Source = """
        #include "mask.h"
        extern void say(const char *, int); extern int g; extern int h; extern int ext(int);
        static const int table[4] = { 3, 5, 7, 11 };
        static const char *const names[] = { "one", "two" };
        #ifndef LEVEL
        #define LEVEL 1
        #endif
        static __attribute__((noinline)) int f(int x) { return x & MASK; }
        int use(int x) { int y = f(x); g = 5; if (ext(y) > 7) say("never", x); return y + f(x + 1) * 3; }
        int far(int x) { h = LEVEL; say(names[x & 1], table[x & 3]); return x * 1000 + 77; }

        """;

    public static IEnumerable<DirtyRow> All => [.. OtherCode(), .. UnknownAddresses()];

    private static IEnumerable<DirtyRow> OtherCode()
    {
        foreach (var (variant, file, from, to) in ((string, string, string, string)[])[
            ("a mask in a header", "mask.h", "7", "15"),
            ("a stored constant", "v.c", "g = 5", "g = 6"),
            ("a factor", "v.c", "1000", "1001"),
            ("an addend", "v.c", "77", "78"),
            ("a string of the same length", "v.c", "never", "NEVER"),
            ("a value in a table", "v.c", "7, 11", "9, 11"),
            ("a string that a table points to", "v.c", "\"two\"", "\"owt\""),
            ("a target of a call", "v.c", "ext(y)", "ext2(y)"),
            ("a variable of the same size", "v.c", "h = LEVEL", "g = LEVEL"),
            ("a condition", "v.c", "> 7", ">= 7"),
            ("a macro of the command", "compile_commands.json", "-DLEVEL=2", "-DLEVEL=3")])
        {
            yield return new DirtyRow("A4", "other code: " + variant)
            {
                Make = world =>
                {
                    world.Write("tree/mask.h", "#define MASK 7\n");
                    world.Write("tree/v.c", Source.Replace("extern int ext(int);", "extern int ext(int); extern int ext2(int);", StringComparison.Ordinal));
                    world.Gcc("v.c", "v.o", "-DLEVEL=2");
                    world.Record();
                },
                Twin = [],
                Dirty = world => world.Edit($"tree/{file}", from, to),
                Verdict = DirtyVerdict.Inexact,
                Says = ["v.o", "is not that of the object"],
            };
        }
    }

    private static IEnumerable<DirtyRow> UnknownAddresses()
    {
        // A clone that the code takes no address of, on a processor whose relocations nobody here knows (numbers: elf.h).
        foreach (var (variant, machine) in ((string, int)[])[("LoongArch", 258), ("MIPS", 8), ("a number of no processor", 60_000)])
        {
            yield return new DirtyRow("A11", "a stale clone on " + variant)
            {
                Make = world =>
                {
                    world.Write("tree/c.c", """
                        struct s { int a, b; };
                        int other(int);
                        __attribute__((noinline)) static int f(struct s *p, int unused) { return other(p->a) + 1; }
                        int g(struct s *p) { return f(p, 1) + 4; }

                        """);
                    world.Gcc("c.c", "c.o");
                },
                IsTwinExact = false,
                Twin = ["f.constprop.0", "f.constprop.0.isra.0", "g"],
                Dirty = world =>
                {
                    var bytes = File.ReadAllBytes(world["tree/c.o"]);
                    BitConverter.TryWriteBytes(bytes.AsSpan(18), (ushort)machine);
                    File.WriteAllBytes(world["tree/c.o"], bytes);
                },
                Verdict = DirtyVerdict.Incomplete,
            };
        }

        yield return new DirtyRow("A11", "a stale clone in a linked image")
        {
            Make = world =>
            {
                world.Write("tree/c.c", """
                    struct s { int a, b; };
                    int other(int x) { return x * 3; }
                    __attribute__((noinline)) static int f(struct s *p, int unused) { return other(p->a) + 1; }
                    int main(int n, char **p) { return f((struct s *)p, 1) + 4; }

                    """);
                world.Gcc("c.c", "c.o", "-O1", "-fipa-sra");
            },
            IsTwinExact = false,
            Twin = ["f.isra.0", "main"],
            Dirty = world => world.Run("tree", "gcc", "-O1", "-fipa-sra", "-fdump-ipa-clones", "-fcallgraph-info", "c.c", "-o", "c.o"),
            Verdict = DirtyVerdict.Incomplete,
        };
    }
}
