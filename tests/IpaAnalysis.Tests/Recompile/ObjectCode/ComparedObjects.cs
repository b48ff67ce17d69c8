using IpaAnalysis.Recompile.ObjectCode;
using IpaAnalysis.Tests.Dumps.Elf;

namespace IpaAnalysis.Tests.Recompile.ObjectCode;

/// <summary>Sources and objects for comparing.</summary>
internal static class ComparedObjects
{
    /// <summary>A unit with a bit of all that code refers to.</summary>
    public const string Source = """
        extern void say(const char *, int); extern int ext(int); extern int eyt(int); extern int g; extern double gd;
        static const unsigned char tab[8] = {1,2,3,4,5,6,7,8};
        static int counter; static int hist[16];
        static __attribute__((noinline)) int check(int x) { counter++; return x & 7; }
        int use(int x) { int y = check(x); g = 5; if (y > 6) say("never", x); say("hello", 3); say(__func__, 1); return y + check(x + 1) * 3; }
        int far(int x) { return x * 1000 + 77 + tab[x & 7]; }
        double dbl(double d) { return d * 3.25 + gd; }
        int sw(int x) { switch (x) { case 0: return ext(1); case 1: return ext(9) + 2; case 2: return ext(x) * 7; case 3: say("three", 3); return 5;
          case 4: return hist[x]; case 5: return ext(88); case 6: return 11; default: return -1; } }
        int hs(int i) { hist[i]++; return hist[i - 1]; }
        const char *const names[] = { "alpha", "beta" };
        int (*const ops[])(int) = { far, sw };
        const char *nm(int i) { return names[i]; }
        int dig(int i) { return "0123456789abcdef"[i - 1]; }
        """;

    /// <summary>The compilers that are tried; each is skipped visibly where it is not installed.</summary>
    public static readonly string[] Compilers =
        ["gcc", "gcc-11", "gcc -fno-pie", "gcc -Os", "gcc -m32", "gcc -m32 -fno-pie", "aarch64-linux-gnu-gcc", "s390x-linux-gnu-gcc", "powerpc64le-linux-gnu-gcc"];

    /// <summary>Compiles a source.</summary>
    public static byte[] Compile(string compiler, string source, params string[] flags)
    {
        using var lab = new ObjectLab();
        return File.ReadAllBytes(lab.Compile(compiler, source, flags));
    }

    /// <summary>Assembles for x86-64.</summary>
    public static byte[] Assemble(string text)
    {
        using var lab = new ObjectLab();
        lab.Write("unit.s", text);
        lab.Run("as", "--64", "unit.s", "-o", "unit.o");
        return File.ReadAllBytes(lab.PathOf("unit.o"));
    }

    /// <summary>The first difference in words; null when there is none.</summary>
    public static string? Difference(byte[] made, byte[] shipped) =>
        ObjectComparer.FindDifference(made, shipped) is { } difference ? $"{difference.Kind}: {difference.Text}" : null;
}
