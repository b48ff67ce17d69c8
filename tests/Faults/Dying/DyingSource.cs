namespace IpaAnalysis.Faults.Dying;

/// <summary>A unit whose answers need several kinds of questions.</summary>
/// <param name="Name">What the answers hold.</param>
/// <param name="Functions">The patched functions.</param>
/// <param name="Must">Texts that the right manifest holds, so that the case is about what its name says.</param>
/// <param name="Text">The C source.</param>
internal sealed record DyingSource(string Name, string[] Functions, string[] Must, string Text)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DyingSource> All { get; } =
    [
        new("facts, unsafe callees and folded variables", ["f", "pure"], ["\"symbol\": \"caller\"", "\"symbol\": \"scaled", "limit"], """
            static int limit = 7;
            static int written;
            __attribute__((noinline)) static int scaled(int a, int b) { return a * b + 3; }
            __attribute__((noinline)) int f(int a) { written = a; return scaled(a, 5) + limit; }
            int g(int a) { return f(a) + f(a); }
            int h(int a) { return scaled(a, 5) * limit; }
            __attribute__((noinline)) int pure(int a) { return a * a + 1; }
            int caller(int a) { return pure(a) + pure(a); }
            """),
        new("kept functions", ["f"], ["\"symbol\": \"g", "\"symbol\": \"h\""], """
            extern void stop(int) __attribute__((__noreturn__));
            extern int out(int);
            __attribute__((noinline)) int f(int a) { stop(a); }
            static int g(int a) { out(a); out(a + 1); out(a + 2); return f(a) + 1; }
            int h(int a) { if (a > 5) return g(a); return out(a); }
            int k(int a) { if (a) return g(a + 2); return out(a); }
            """),
        new("decisions", ["f"], ["\"exact\": true"], """
            int other(int);
            static int c(int x) { if (x > 1000) return other(x) * 2 + other(x + 3); return other(x) + other(x * 5); }
            int f(unsigned char a) { return c(a); }
            int g(unsigned char a) { return c(a) + 1; }
            int h(int a) { return c(a) + c(a + 4); }
            """),
        new("error attribute", ["f"], ["\"symbol\": \"g\""], """
            extern void bad_size(void) __attribute__((__error__("bad size")));
            static inline int f(int a) { (void)a; return 4; }
            int g(int a) { if (f(a) != 4) bad_size(); return a + 1; }
            int h(int a) { return f(a) + a; }
            int other(int a) { return a * 3; }
            """),
        new("asm operand", ["f"], ["\"symbol\": \"g\""], """
            static inline int f(void) { return 4; }
            int g(int a) { __asm__ volatile ("# %0" : : "i" (f())); return a + 1; }
            int h(int a) { return f() + a; }
            int other(int a) { return a * 3; }
            """),
        new("names of passes", ["f"], ["ipa-modref"], """
            struct s { int a, b; };
            __attribute__((noinline)) void f(struct s *p) { p->a = 1; }
            int g(struct s *p) { p->b = 7; f(p); return p->b; }
            __attribute__((noinline)) int h(int a) { return a * a + 1; }
            """),
        new("several passes at once", ["f", "g"], ["\"kind\": \"fact\""], """
            void *malloc(unsigned long);
            struct s { int a, b; };
            __attribute__((noinline)) void *f(unsigned long n) { return malloc(n); }
            __attribute__((noinline)) static int g(struct s *p, int unused) { return p->a * 3 + 1; }
            int u(int *q) { int *p = f(4); *p = 1; *q = 2; return *p; }
            int v(struct s *p, int b, int c) { int x = g(p, 1); p->b = x; return x + b * c + g(p, 2); }
            """),
    ];
}
