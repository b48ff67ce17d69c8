using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>Units and functions that rely on a function without a trace of it: A5, A6.</summary>
internal static class ReaderRows
{
    private const string Loop = "static int f(const unsigned char *p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i] * i; return s; }\n";
    private const string OutOfLine = "static __attribute__((noinline)) int f(const unsigned char *p, int n) { return p[0] * 3 + n; }\n";

    public static IEnumerable<DirtyRow> All => [.. OfHeaders(), .. OfOneUnit()];

    private static IEnumerable<DirtyRow> OfHeaders()
    {
        yield return Header("a loop", Loop, "if (f(p, n) == 0) ;");
        yield return Header("out of line", OutOfLine, "f(p, n);", clone: "f.isra.0");
        yield return Header("no result at all", "static __attribute__((noinline)) int f(const unsigned char *p, int n) { return 0; }\n", "(void)f(p, n);", clone: "f.constprop.0");
        yield return Header("through another function", Loop + "static __attribute__((noinline, unused)) int outer(const unsigned char *p, int n) { return f(p, n) * 3; }\n", "outer(p, n);", further: "outer");
        yield return Header("through a link to the header's directory", Loop, "(void)f(p, n);", isLink: true);
        yield return Header("through -include", Loop, "(void)f(p, n);", hasInclude: false);
        yield return Header("through a macro", Loop + "#define CHECK(p, n) do { if (f(p, n)) { } } while (0)\n", "CHECK(p, n);");
        yield return Header("in a table that is dropped", OutOfLine, "static int (*const calls[])(const unsigned char *, int) = { f }; calls[0](p, n);", clone: "f.isra.0");
        yield return Header("in a branch that never runs", Loop, "if (n > 3 && n < 2) n = f(p, n); f(p, n);");
    }

    /// <summary>Two units read the header; one has code of f, the other dropped its only call. In the twin it calls nothing.</summary>
    private static DirtyRow Header(string variant, string header, string use, bool isLink = false, bool hasInclude = true, string clone = "", string further = "")
    {
        return new DirtyRow("A5", "a call that GCC dropped: " + variant)
        {
            Make = world =>
            {
                world.Write(isLink ? "tree/real/v.h" : "tree/inc/v.h", header);
                if (isLink)
                {
                    Directory.CreateSymbolicLink(world["tree/inc"], "real");
                }

                Write(world, "n++;");
            },
            Twin = [.. Names(clone), "user_b"],
            Dirty = world => Write(world, use),
            Verdict = DirtyVerdict.Listed,
            Lists = [.. Names(clone), .. Names(further), "user_a", "user_b"],
        };

        static string[] Names(string name) => name.Length > 0 ? [name] : [];

        void Write(World world, string use)
        {
            var include = hasInclude ? "#include \"inc/v.h\"\n" : "";
            string[] flags = hasInclude ? [] : ["-include", "inc/v.h"];
            world.Write("tree/a.c", include + $"extern int out(int);\nint user_a(const unsigned char *p, int n) {{ {use} return out(n); }}\nint plain_a(int n) {{ return out(n) * 3; }}\n");
            world.Write("tree/b.c", include + "int user_b(const unsigned char *p, int n) { return f(p, n) + f(p, n); }\nint plain_b(int n) { return n * 3; }\n");
            world.Gcc("a.c", "a.o", flags);
            world.Gcc("b.c", "b.o", flags);
            world.Record();
        }
    }

    private static IEnumerable<DirtyRow> OfOneUnit()
    {
        yield return Unit("out of line", "static __attribute__((noinline)) int f(int x) { return x * 2; } int user(int x) { f(x); return out(x); }");
        yield return Unit("a loop", "static int f(int x) { int s = 0; for (int i = 0; i < x; i++) s += i * s; return s; } int user(int x) { if (f(x)) ; return out(x); }");
        yield return Unit("a nested function", "int user(int x) { __attribute__((noinline)) int f(int y) { return y * 2; } f(x); return out(x); }") with
        {
            // Only definitions of the file are hidden, and the unit says so.
            Verdict = DirtyVerdict.Inexact,
            Says = ["u.o", "not found"],
        };
        yield return Unit("through another function", "static __attribute__((noinline)) int f(int x) { return x * 2; } static __attribute__((noinline)) int h(int x) { return f(x) + 1; } int user(int x) { h(x); return out(x); }");
        yield return Unit("in a table that is dropped", "static __attribute__((noinline)) int f(int x) { return x * 2; } static int (*const calls[])(int) = { f }; int user(int x) { calls[0](x); return out(x); }");
        yield return Unit("in a K&R definition", "static __attribute__((noinline)) int f(x) int x; { return x * 2; } int user(int x) { f(x); return out(x); }");
    }

    /// <summary>In the twin the same unit has a function that takes f's place, which has code.</summary>
    private static DirtyRow Unit(string variant, string text)
    {
        return new DirtyRow("A6", "a function without code: " + variant)
        {
            Make = world => Write(world, "static inline int f(int x) { return x * 2; } int user(int x) { return out(f(x)); }"),
            Twin = ["user"],
            Dirty = world => Write(world, text),
            Verdict = DirtyVerdict.Listed,
            Lists = ["user"],
        };

        static void Write(World world, string text)
        {
            world.Write("tree/u.c", $"extern int out(int);\n{text}\nint plain(int n) {{ return out(n) * 3; }}\n");
            world.Gcc("u.c", "u.o");
            world.Record();
        }
    }
}
