namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>Functions that the compiler makes or drops: A9, A10.</summary>
internal static class ChildRows
{
    private const string Weight = "static int f(int x) { return x > 9 ? x * 3 : x + 1; }\n";

    public static IEnumerable<DirtyRow> All =>
    [
        Child("an OpenMP loop", "-O2", "-O2 -fopenmp", Weight + "void scale(int *a, int n)\n{\n#pragma omp parallel for\nfor (int i = 0; i < n; i++) a[i] = f(a[i]);\n}\n", ["scale"], ["scale"]),
        Child("an OpenMP task", "-O2", "-O2 -fopenmp", Weight + "void scale(int *a, int n)\n{\n#pragma omp task shared(a)\na[n] = f(a[n]);\n}\n", ["scale"], ["scale"]),
        Child("an OpenMP reduction", "-O2", "-O2 -fopenmp", Weight + "int scale(int *a, int n)\n{\nint s = 0;\n#pragma omp parallel for reduction(+:s)\nfor (int i = 0; i < n; i++) s += f(a[i]);\nreturn s;\n}\n", ["scale"], ["scale"]),
        Child("a loop that is made parallel", "-O3", "-O3 -ftree-parallelize-loops=4", "static int f(int x) { return x * 7 ^ (x >> 2); }\nvoid scale(int *restrict a, const int *restrict b) { for (int i = 0; i < 100000; i++) a[i] = f(b[i]); }\n", ["scale"], ["scale"]),
        Child("a cold part", "-O2 -fno-reorder-blocks-and-partition", "-O2", "extern void say(int) __attribute__((cold)); extern int out(int);\nstatic inline int f(int x) { if (x > 77) say(x); return x * 3; }\nint scale(int x) { return f(x) + out(f(x + 1)); }\n", ["scale"], ["scale"]),
        .. Branches(),
    ];

    private static DirtyRow Child(string variant, string clean, string dirty, string text, string[] twin, string[] lists) => new("A9", "children of " + variant)
    {
        Make = world =>
        {
            world.Write("a.c", text + "int plain(int x) { return x * 3; }\n");
            (world.Sources, world.Flags) = (["a.c"], clean);
        },
        Twin = twin,
        Dirty = world => world.Flags = dirty,
        Verdict = DirtyVerdict.Listed,
        Lists = lists,
    };

    private static IEnumerable<DirtyRow> Branches()
    {
        const string Returns = """
            extern int stop(int); extern int out(int);
            __attribute__((noinline)) int f(int a) { return stop(a); }
            static int g(int a) { out(a); out(a + 1); out(a + 2); return f(a) + 1; }
            int h(int a) { if (a > 5) return g(a); return out(a); }
            int k(int a) { if (a) return g(a + 2); return out(a); }

            """;
        foreach (var (variant, from, to, lists) in ((string, string, string, string[])[])[
            ("a declaration", "extern int stop(int);", "extern int stop(int) __attribute__((__noreturn__));", ["g.isra.0", "h", "k"]),
            ("an endless loop", "return stop(a);", "for (;;) stop(a);", ["g.isra.0", "h", "k"]),
            ("a trap", "return stop(a);", "stop(a); __builtin_trap();", ["g.isra.0", "h", "k"])])
        {
            yield return new DirtyRow("A10", "a function that never returns: " + variant)
            {
                Make = world =>
                {
                    world.Write("a.c", Returns);
                    world.Sources = ["a.c"];
                },
                Twin = [],
                Dirty = world => world.Edit("a.c", from, to),
                Verdict = DirtyVerdict.Listed,
                Lists = lists,
            };
        }
    }
}
