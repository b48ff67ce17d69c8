namespace IpaAnalysis.Tests.Recompile;

/// <summary>Minimal code for each pass that lets code rely on another function; all others that leave no copy are off.</summary>
internal static class PassCases
{
    /// <summary>Every pass that the cases are about, switched off; <c>-fno-early-inlining</c> and the like stay on.</summary>
    private static readonly string[] s_passes =
    [
        "ipa-ra", "ipa-modref", "ipa-pure-const", "ipa-reference", "ipa-reference-addressable", "ipa-stack-alignment", "ipa-icf",
        "ipa-vrp", "ipa-bit-cp", "ipa-cp", "ipa-sra", "partial-inlining",
    ];

    /// <summary>The flags with some passes on and the others off.</summary>
    public static string Flags(params string[] on) => "-O2 " + string.Join(' ', s_passes.Except(on).Select(p => "-fno-" + p));

    public const string RegisterAllocation = """
        __attribute__((noinline)) int f(int a) { return a * 3; }
        int g(int a, int b, int c) { int x = f(a); return x + b * c; }
        """;

    public const string Modref = """
        struct s { int a, b; };
        __attribute__((noinline)) void f(struct s *p) { p->a = 1; }
        int g(struct s *p) { p->b = 7; f(p); return p->b; }
        """;

    public const string PureConst = """
        __attribute__((noinline)) int f(int a) { return a * a + 1; }
        int g(int a) { return f(a) + f(a); }
        """;

    public const string NoReturn = """
        void out(int); _Noreturn void die(void);
        __attribute__((noinline)) void f(int a) { out(a); die(); }
        int g(int a) { if (a > 3) f(a); return a * 7; }
        """;

    public const string Malloc = """
        void *malloc(unsigned long);
        __attribute__((noinline)) void *f(unsigned long n) { return malloc(n); }
        int g(int *q) { int *p = f(4); *p = 1; *q = 2; return *p; }
        """;

    public const string Reference = """
        static int s;
        __attribute__((noinline)) void f(int *p) { *p = 1; }
        int g(int *p) { s++; int x = s; f(p); return x + s; }
        """;

    public const string StackAlignment = """
        __attribute__((noinline)) int f(int a) { return a * 3; }
        int g(int a) { return f(a) + 1; }
        """;

    public const string ValueRange = """
        int other(int);
        __attribute__((noinline)) static int c(int x) { if (x > 1000) return other(x) * 2; return other(x); }
        int f(unsigned char a) { return c(a); }
        int g(unsigned char a) { return c(a) + 1; }
        """;

    public const string KnownBits = """
        int other(int);
        __attribute__((noinline)) static int c(unsigned x) { if (x & 1) return other(x) * 2; return other(x); }
        int f(unsigned a) { return c(a * 2); }
        int g(unsigned a) { return c(a * 4) + 1; }
        """;

    public const string Constant = """
        int other(int, int);
        __attribute__((noinline)) static int c(int x, int y) { if (x > 5) return other(x, y) * 2; return other(y, x); }
        int f(int a) { return c(3, a); }
        int g(int a) { return c(3, a + 1) + 1; }
        """;

    public const string ReadOnlyVariable = """
        static int level = 3;
        int f(int a) { return a + level; }
        int g(int a) { return a * level; }
        """;

    public const string WriteOnlyVariable = """
        static int last;
        int f(int a) { last = a; return a + 1; }
        int g(int a) { last = 9; return a; }
        """;

    public const string Chain = """
        __attribute__((noinline)) int f(int a) { return a * a + 1; }
        __attribute__((noinline)) int h(int a) { return f(a) - 1; }
        int g(int a) { return h(a) + h(a); }
        """;

    public const string Recursion = """
        __attribute__((noinline)) int f(int a) { return a < 2 ? a : f(a - 1) * f(a - 2) + 1; }
        int g(int a) { return f(a) + f(a); }
        """;

    public const string Inlined = """
        static inline int f(int a) { return a * 3 + 1; }
        int g(int a) { return f(a) + 1; }
        """;

    public const string CallsConstantClone = """
        int other(int, int);
        __attribute__((noinline)) static int f(int x, int y) { if (x > 5) return other(x, y) * 2; return other(y, x); }
        int g(int a) { return f(3, a) + 1; }
        """;

    public const string CallsParameterClone = """
        struct s { int a, b; };
        int other(int);
        __attribute__((noinline)) static int f(struct s *p, int unused) { return other(p->a) + 1; }
        int g(struct s *p) { return f(p, 1) + 4; }
        """;

    public const string PartlyInlined = """
        int other(int); int more(int);
        int f(int a)
        {
            if (a == 0) return 0;
            for (int i = 0; i < a; i++) { other(i); more(i); other(i + 1); more(i + 2); other(i + 7); more(i + 9); }
            return other(a);
        }
        int g(int a) { return f(a) + 1; }
        int h(int a) { return f(a) + 2; }
        """;
}
