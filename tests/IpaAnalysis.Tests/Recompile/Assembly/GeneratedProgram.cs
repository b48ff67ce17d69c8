using System.Text;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>C of functions that call each other and hold what compilers number.</summary>
internal static class GeneratedProgram
{
    public static string Of(int functions, bool inlineAssembly)
    {
        var random = new Random(5);
        var text = new StringBuilder("""
            int puts(const char *); void abort(void) __attribute__((noreturn));
            extern int ext(int, const char *); extern double extd(double);
            static int first(int x) { return ext(x, "first"); }

            """);
        for (var i = 0; i < functions; i++)
        {
            var number = i;
            string Callee() => number == 0 ? "first" : $"f{random.Next(Math.Max(0, number - 8), number)}";
            var variables = i / 4 * 4;
            if (i == variables)
            {
                text.Append($"static int array{i}[{(i % 5) + 1}]; static int scalar{i} = {i};\n");
            }

            var body = (i % 10) switch
            {
                0 => $"static int n; n += x; return {Callee()}(n) + scalar{variables};",
                1 => $"switch (x) {{ case 0: return {Callee()}(1); case 1: ext(2, \"s{i}\"); return 3; case 2: return {Callee()}(3); case 3: return ext(4, \"dup\");"
                    + $" case 4: return array{variables}[0]++; case 5: return {Callee()}(x); case 6: return 4; default: return 0; }}",
                2 => $"double d = extd(x * {i}.25 + 1.5); return (int)(d * 2.75) + {Callee()}(x);",
                3 => $"static void *t[] = {{ &&a, &&b, &&c }}; int s = 0; goto *t[x]; a: s += {Callee()}(s); goto *t[x + 1]; b: s += ext(s, \"dup\"); goto *t[s]; c: return s;",
                4 => $"if (__builtin_expect(x > 1000, 0)) {{ puts(\"cold{i}\"); {Callee()}(2); abort(); }} return {Callee()}(x + 1);",
                5 => $"switch (x) {{ case 0: return {i + 12}; case 1: return {i + 77}; case 2: return 15; case 3: return {i}; case 4: return 9; case 5: return 1; }} return {Callee()}(0);",
                6 => $"static int buf[4]; static const char *const nm[] = {{ \"one{i}\", \"two\", \"dup\" }};"
                    + $" for (int j = 0; j < x; j++) buf[j & 3] += ext(j, nm[j % 3]); return buf[1] + {Callee()}(buf[2]);",
                7 when inlineAssembly => "int v = 0; asm volatile(\"1: nop\\n.Lx%=: nop; nop # no; statement\\n.pushsection __ex_table,\\\"a\\\"; .long 1b - ., .Lx%= - . ; .popsection\" : \"+r\"(v));"
                    + $" return v + {Callee()}(v);",
                8 => $"struct s {{ int a[8]; double d; }} z = {{ {{ 1, 2, {i}, 4, 5, 6, 7, 8 }}, 2.5 }}; ext(x, (const char *)&z); return z.a[x & 7] + {Callee()}(3);",
                _ => $"int a = {Callee()}(x), c = {Callee()}(x + 1); scalar{variables}++; return a * c + x + array{variables}[0];",
            };
            text.Append($"{(i % 3 == 0 ? "" : "static __attribute__((noinline)) ")}int f{i}(int x) {{ {body} }}\n");
        }

        return text.ToString();
    }
}
