namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>C that makes GCC clone functions at <c>-O2</c>.</summary>
internal static class CloneSource
{
    /// <summary>Clones by constprop, isra and part, each only called, one also from a cold section.</summary>
    public const string CalledOnly = """
        struct pair { long a, b; };
        extern int sink(long); extern long g;
        static __attribute__((noinline)) long specialised(long x, int k)
        { for (int i = 0; i < k; i++) { x = x * 3 + sink(x); } return x; }
        static __attribute__((noinline)) long scalarised(struct pair *p, long n)
        { long b = p->b, s = sink(n); for (long i = 0; i < n; i++) s += sink(b) * i; return s; }
        long split(long *p)
        { if (__builtin_expect(!p, 1)) return 0; for (int i = 0; i < 9; i++) { sink(1); sink(*p); sink(i); sink(*p * 7); sink(8); } return *p + sink(9); }
        long use_one(long x) { return specialised(x, 7) + 1; }
        long use_two(long x) { return specialised(x + 1, 7) * 2; }
        long use_three(struct pair *p) { struct pair q = *p; q.a = g; return scalarised(&q, p->a); }
        long use_four(long n) { struct pair q = { n, g }; return scalarised(&q, n) + 1; }
        long use_five(long *p) { return split(p) + 1; }
        long use_six(long *p) { return split(p) * 3; }
        __attribute__((cold)) void use_cold(long x) { if (x & 1) sink(specialised(x, 7)); else specialised(x + 3, 7); }
        """;

    public static bool IsClone(string name) =>
        !name.EndsWith(".cold", StringComparison.Ordinal)
        && (name.Contains(".constprop.", StringComparison.Ordinal) || name.Contains(".isra.", StringComparison.Ordinal) || name.Contains(".part.", StringComparison.Ordinal));
}
