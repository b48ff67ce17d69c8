namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>Each form of definition that GNU C has, and each that only looks like one.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SourceScannerTests
{
    private static IEnumerable<TestCaseData> Definitions()
    {
        yield return Case("plain", "int f(void) { return 1; }\nint g(int a){}", "f f { return 1; }", "f g {}");
        yield return Case("static inline", "static inline int f(void) {}", "f f static inline {}");
        yield return Case("prototype says static", "static int f(void); int f(void) {}", "f f static {}");
        yield return Case("pointer returned", "extern const char *f(int); static char * const *f(int a) {}", "f f static {}");
        yield return Case("pointer to function returned", "static int (*f(int a))(int) { return 0; }", "f f static { return 0; }");
        yield return Case("pointer to function returning such", "int (*(*f(int a))(int))(char) {}", "f f {}");
        yield return Case("pointer to array returned", "int (*f(void))[3] {}", "f f {}");
        yield return Case("parentheses around the name", "int (f)(void) {} int ((g))(void) {} char *(h)(void) {} int (*(k)(int))(int) {}", "f f {}", "f g {}", "f h {}", "f k {}");
        yield return Case("old style", "int f(a, b) int a; struct s { int x; } *b; { return a; }", "f f { return a; }");
        yield return Case("old style without types", "main(argc, argv) char **argv; {} static g() {} static h(a) {}", "f main {}", "f g static {}", "f h static {}");
        yield return Case("type names", "typedef int T; typedef T (*P)(T); T f(T a) {} P g(void) {} T (h)(T a) {} T *k(void) {}", "f f {}", "f g {}", "f h {}", "f k {}");
        yield return Case("unknown type names", "foo_t f(bar_t a) {} foo_t *g(void) {} foo_t (*h(int))(int) {} foo_t (k)(int) {} foo_t v; foo_t *w = &v;", "f f {}", "f g {}", "f h {}", "f k {}", "v v", "v w &v");
        yield return Case("address spaces", "static int __seg_gs x; int __seg_gs *f(void) {} int * __seg_gs p;", "v x static", "f f {}", "v p");
        yield return Case("several on a line", "static int a(void){} static int b(void){};; int c(void){}", "f a static {}", "f b static {}", "f c {}");
        yield return Case("several declarators", "static int a = 1, *b, c[3] = {1, (2, 3), 4}, (*d)(int, int) = f, g(int);",
            "v a static 1", "v b static", "v c static {1, (2, 3), 4}", "v d static f");
        yield return Case("structures", "struct s { int a; int (*f)(int); } v = { .a = 1, .f = g }; enum { A, B = (1, 2) } e; union u; struct t { int b; };", "v v { .a = 1, .f = g }", "v e");
        yield return Case("structure returned", "struct s { int a; } f(void) {} struct t *g(void) {} enum e h(void) {}", "f f {}", "f g {}", "f h {}");
        yield return Case("type under an enumeration", "enum e : unsigned long { A } f(void) {} enum x : u8 { B };", "f f {}");
        yield return Case("typeof", "static typeof(1 + (2)) a; __typeof__(a) f(int b) {} __typeof(f) *g = f;", "v a static", "f f {}", "v g f");
        yield return Case("functions by the name of a type", "typedef int F(int); static F f, *p; F g; typedef F G; G h; typeof(g) k; typedef F *Q; Q q;", "v p static", "v q");
        yield return Case("alignment and assertions", "_Static_assert(sizeof(int) == 4, \"int f(void) {\"); _Alignas(16) static char a[4]; static_assert(1);", "v a static");
        yield return Case("atomic", "_Atomic int a; _Atomic(int) b; int * _Atomic c; _BitInt(8) d;", "v a", "v b", "v c", "v d");
        yield return Case("vector, complex, thread", "__thread int a; static _Thread_local __int128 b; _Complex double f(void) {} __vector unsigned int v;", "v a", "v b static", "f f {}", "v v");
        yield return Case("tentative", "int a; int a; extern int a; static int b; static int b = 2; static int b;", "v a", "v b static 2");
        yield return Case("not definitions", "register unsigned long sp asm(\"rsp\"); extern int a; extern int b[]; int f(void); typedef int c; typedef int (*d)(void), e; extern struct s g, *h; struct k;");
        yield return Case("extern with initializer", "extern int a = 3;", "v a 3");
        yield return Case("extern inline", "extern inline __attribute__((__gnu_inline__)) int f(void) {} int f(void) { }", "f f inline extern [gnu_inline] {}", "f f inline [gnu_inline] { }");
        yield return Case("extension", "__extension__ static int a; __extension__ typedef struct { int x; } T; __extension__ T f(void) {}", "v a static", "f f {}");
        yield return Case("assembly", "asm(\"int f(void) {\"); __asm__ volatile (\".section x\" : : ); int a; asm (\"f:\" \"}\");", "v a");
        yield return Case("kernel export", "extern typeof(x) x; extern const char __kstrtab_x[]; asm(\" .section \\\"x\\\", \\\"a\\\" \\n\"); ; int x(int a) {}", "f x {}");
        yield return Case("auto type", "__auto_type a = 1; static __auto_type b = ({ int c; c; });", "v a 1", "v b static ({ int c; c; })");
        yield return Case("function-local", "int f(void) { static int a = 1; extern int b; struct s { int c; } d; for (;;) { int e; } }", "f f { static int a = 1; extern int b; struct s { int c; } d; for (;;) { int e; } }");
        yield return Case("nested", "int f(int a) { auto int g(int); int g(int b) { int *h(void) { } return b; } if (a) { } static int k(c) int c; {} int l = ({ int m(int x) {} 1; }); }",
            "f f { auto int g(int); int g(int b) { int *h(void) { } return b; } if (a) { } static int k(c) int c; {} int l = ({ int m(int x) {} 1; }); }",
            "f g in f { int *h(void) { } return b; }", "f h in g { }", "f k static in f {}", "f m in f {}");
        yield return Case("no nested", "int f(int a) { if (a) { } while (g(a)) { } switch (a) { case 1: { } } T *p = (T) { 1 }; return sizeof (struct s) { 1 }; h((struct s) { 2 }); else_(a); do { } while (0); }",
            "f f { if (a) { } while (g(a)) { } switch (a) { case 1: { } } T *p = (T) { 1 }; return sizeof (struct s) { 1 }; h((struct s) { 2 }); else_(a); do { } while (0); }");
        yield return Case("statement expression in an array bound", "int a[sizeof(({ struct s { int b; } c; c; }))]; int f(int b[sizeof(struct { int c; })]) {}", "v a", "f f {}");
        yield return Case("strings", "char *a = \"} int f(void) {\\\" \\\\\", b = '\"', c = '{', *d = u8\"}\" \"{\"; int *e = L\"}\"; int f(void) { '\\''; \"}\"; }",
            "v a \"} int f(void) {\\\" \\\\\"", "v b '\"'", "v c '{'", "v d u8\"}\" \"{\"", "v e L\"}\"", "f f { '\\''; \"}\"; }");
        yield return Case("raw strings", "char *a = R\"x(\" }\n)\" )x\"; int b;", "v a R\"x(\" }\n)\" )x\"", "v b");
        yield return Case("comments", "int /* } */ f(void) // {\n{ /* } \" */ }", "f f { /* } \" */ }");
        yield return Case("digraphs", "int f(int a<::>) <% return a<:0:>; %>", "f f <% return a<:0:>; %>");
        yield return Case("directives", "int f(void)\n# 3 \"a\\\"b.h\" 1 3 4\n#pragma GCC diagnostic push \"\n{\n#pragma }\n}\nint _Pragma(\"x\") a;", "f f {\n#pragma }\n}", "v a");
        yield return Case("carriage returns", "int f(void)\r\n{\r\n}\r\n#pragma {\r\nint a;\r#pragma x\rint b;", "f f {\r\n}", "v a", "v b");
        yield return Case("names of all kinds", "int $a, é, b\\u00e9; int _1ü(void) {}", "v $a", "v é", "v bé", "f _1ü {}");
        yield return Case("numbers", "int a[] = { 1e+5, 0x1p-3, .5, 1'000, 0xe+1, 1...2 }, b;", "v a { 1e+5, 0x1p-3, .5, 1'000, 0xe+1, 1...2 }", "v b");

        static TestCaseData Case(string name, string text, params string[] definitions) => new TestCaseData(text, definitions).SetArgDisplayNames(name);
    }

    private static IEnumerable<TestCaseData> Attributes()
    {
        yield return Case("before", "__attribute__((cold)) static int f(void) {}", "f f static [cold] {}");
        yield return Case("between and doubled", "static __attribute__((__cold__)) __attribute((noinline, , section(\"x\"))) int __attribute__(()) f(void) {}", "f f static [cold noinline section] {}");
        yield return Case("after the star", "char * __attribute__((cold)) f(void) {} char *const __attribute__((used)) p;", "f f [cold] {}", "v p [used]");
        yield return Case("in parentheses", "int (__attribute__((cold)) f)(void) {} int (__attribute__((used)) *g)(void);", "f f [cold] {}", "v g [used]");
        yield return Case("behind", "int f(void) __attribute__((cold)); int f(void) {}", "f f [cold] {}");
        yield return Case("redeclared later", "int f(void) {} extern int f(void) asm(\"g\") __attribute__((weak));", "f f=g [weak] {}");
        yield return Case("one declarator", "static int a __attribute__((used)), b, __attribute__((unused)) c;", "v a static [used]", "v b static", "v c static [unused]");
        yield return Case("of a type only", "struct __attribute__((packed)) s { int x; } a; struct t { int x __attribute__((aligned(4))); } b; int f(int a __attribute__((unused))) {}", "v a", "v b", "f f {}");
        yield return Case("standard", "[[gnu::cold, noreturn]] int f(void) {} int [[gnu::aligned(4)]] g(void) {} int h [[__gnu__::__used__]] = 1; [[fallthrough]];", "f f [cold noreturn] {}", "f g [aligned] {}", "v h [used] 1");
        yield return Case("labels", "extern int a(void) __asm__(\"\" \"b\"); int a(void) {} int c asm(\"d\") = 1;", "f a=b {}", "v c=d 1");
        yield return Case("label of a declaration in a body", "int g(void) { extern int f(int) asm(\"h\"); { extern int v __attribute__((weak)); } } int f(int a) {} int v;",
            "f g { extern int f(int) asm(\"h\"); { extern int v __attribute__((weak)); } }", "f f=h {}", "v v [weak]");
        yield return Case("alias", "int f(void) {} int g(void) __attribute__((alias(\"f\"))), h; extern typeof(f) k __attribute__((alias(\"f\"), weak)); static int v; extern int w __attribute__((alias(\"v\")));",
            "f f {}", "f g [alias] ->f", "v h", "f k [alias weak] ->f", "v v static", "v w [alias] ->v");
        yield return Case("module", "static int m(void) {} int init_module(void) __attribute__((__copy__(m))) __attribute__((alias(\"m\")));", "f m static {}", "f init_module [alias copy] ->m");
        yield return Case("weak reference", "static __typeof(f) g __attribute__((weakref(\"f\"))); static int x __attribute__((weakref, alias(\"y\")));");
        yield return Case("resolver", "static void *r(void) {} int f(void) __attribute__((ifunc(\"r\")));", "f r static {}", "f f [ifunc] ?r");
        yield return Case("pragmas", "#pragma weak f\n#pragma redefine_extname f g\nint f(void) {}\n#pragma weak w = f\nint w(void);", "f f=g [weak] {}", "f w [weak] ->f");
        yield return Case("always inline and naked", "static inline __attribute__((__always_inline__)) void f(void) {} __attribute__((naked)) void g(void) {}", "f f static inline [always_inline] {}", "f g [naked] {}");

        static TestCaseData Case(string name, string text, params string[] definitions) => new TestCaseData(text, definitions).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Definitions))]
    [TestCaseSource(nameof(Attributes))]
    public void Definitions_are_found(string text, string[] definitions)
    {
        var unit = Scanned.Scan(text);
        Assert.That(Scanned.Words(text, unit), Is.EqualTo(definitions));
        Assert.That(unit.Gaps, Is.Empty);
    }

    [TestCase("int f(void) { return 1;", "the body of a function does not end")]
    [TestCase("int a; } int g;", "a declarator was expected")]
    [TestCase("int f(void) int g(void) { }", "a semicolon or the body of a function was expected")]
    [TestCase("int a = {1;", "the initializer does not end")]
    [TestCase("class c { int x; }; int g;", "a comma, a semicolon or an initializer was expected")]
    [TestCase("int a = 1; 3;", "a declarator was expected")]
    [TestCase("char *a = \"x\nint g;", "a literal that does not end, or a byte that C does not know")]
    [TestCase("int a = (1; int g;", "the initializer does not end")]
    [TestCase("asm(\"x\") int g;", "a semicolon was expected")]
    [TestCase("#pragma weak a = b\n", "an alias of a name that is not declared")]
    public void What_is_not_understood_is_told(string text, string reason) =>
        Assert.That(Scanned.Scan(text).Gaps.Select(g => g.Reason), Does.Contain(reason));

    [Test]
    public void What_follows_a_gap_is_found()
    {
        var unit = Scanned.Scan("int a;\n# 7 \"x.c\"\nint f(void) 3 { }\nint g(void) { }\n");
        Assert.That(unit.Find("g"), Has.Length.EqualTo(1));
        Assert.That(unit.Find("f"), Is.Empty);
        Assert.That(unit.Gaps.Select(g => (g.File, g.Line)), Is.EqualTo(new[] { ("x.c", 7) }));
    }

    [Test]
    public void Places_follow_the_linemarkers()
    {
        var unit = Scanned.Scan("int a;\n# 1 \"d/x.c\"\n# 1 \"<command-line>\" 1\nint b;\n# 20 \"d/a \\\"b\\\\.h\" 3 4\n\n\tint\n  f(void) {}\r\nint c;\n#line 5\nint é, d;");
        Assert.That(unit.Definitions.Select(d => (d.Name, d.File, d.Line, d.Column)), Is.EqualTo(new[]
        {
            ("a", null, 1, 5), ("b", "<command-line>", 1, 5), ("f", "d/a \"b\\.h", 22, 3), ("c", "d/a \"b\\.h", 23, 5), ("é", "d/a \"b\\.h", 5, 5), ("d", "d/a \"b\\.h", 5, 9),
        }));
    }

    [Test]
    public void Mentions_are_names_of_the_body()
    {
        const string Text = """
            int f(int a[n]) { struct tag s = { .member = x }; s.y = p->z + *q; goto out; asm("t %0" : "=r"(o) : [in] "r"(i)); /* c */ "str"; f(1 ...e);
            # 1 "file"
            #pragma prag
            out: return sizeof(b); }
            int v = 1, *w = &v, u[] = { k };
            """;
        var unit = Scanned.Scan(Text);
        Assert.That(unit.Mentions(unit.Find("f")[0]), Is.EquivalentTo(new[] { "a", "n", "s", "x", "p", "q", "o", "in", "i", "f", "e", "out", "b" }));
        Assert.That(unit.Mentions(unit.Find("w")[0]), Is.EquivalentTo(new[] { "v" }));
        Assert.That(unit.Mentions(unit.Find("v")[0]), Is.Empty);
        Assert.That(unit.Mentions(unit.Find("u")[0]), Is.EquivalentTo(new[] { "k" }));
    }
}
