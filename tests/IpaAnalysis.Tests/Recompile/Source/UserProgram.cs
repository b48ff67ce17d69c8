namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>A program of user space with every form of definition that a compiler accepts in one text.</summary>
internal static class UserProgram
{
    public const string Text =
        """
        #define _GNU_SOURCE
        #define _FORTIFY_SOURCE 2
        #if !defined(SMALL) && __has_include(<bits/libc-header-start.h>)
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <unistd.h>
        #include <pthread.h>
        #include <math.h>
        #include <setjmp.h>
        #include <stdatomic.h>
        #include <sys/socket.h>
        #if defined(__x86_64__)
        #include <immintrin.h>
        #elif defined(__aarch64__)
        #include <arm_neon.h>
        #endif
        #else
        double sqrt(double); char *strcpy(char *, const char *); void *memset(void *, int, unsigned long);
        int puts(const char *); _Noreturn void exit(int); typedef long jmp_buf[40]; int setjmp(jmp_buf) __attribute__((returns_twice));
        #endif

        typedef int handler(int);
        typedef struct node { struct node *next; handler *run; } node_t;
        extern volatile int sink;
        volatile int sink;
        static int a = 1, *b = &a, c[3] = { 1, 2, 3 }, (*d)(int), e;
        static const char *const names[] = { "}", "{", "\"" };
        static char one __attribute__((aligned(16))), two;
        static node_t list[] = { { .next = list + 1 }, { 0 } }, *top = list;
        static struct local { int x; } first = { 1 }, *second = &first;
        static __thread int per_thread = 7;
        static int (*table[2])(int) = { 0 }, (*(*far)(void))[3];
        int labelled asm("label_v") = 4;
        static handler plain, second_plain;

        static inline int small(int x) { return x + a; }
        static int plain(int x) { return small(x) + *b + c[1] + e; }
        __attribute__((cold)) static int second_plain(int x) { return x - 1 + two; } static int third(int x) { return x * 3; }
        static int (parenthesised)(int x) { return x + first.x; }
        static int (*chooser(int which))(int) { return which ? plain : (parenthesised); }
        static int (*(*outer(void))(int))(int) { return chooser; }
        static int (*array(void))[3] { return &c; }
        static char *__attribute__((noinline)) pointer(char *p) { return p + one; }
        static const char *const *texts(void) { return names; }
        static int old(x, y) int x; struct local *y; { return x + y->x; }
        static implicit(x) { return x; }
        static node_t *find(node_t *n) { while (n && !n->run) n = n->next; return n; }
        __extension__ static __inline__ struct local made(int x) { return (struct local) { x }; }
        static enum state { OFF, ON } state(int x) { switch (x) { case 1: { return ON; } default: return OFF; } }
        static typeof(int) measured(typeof(a) x, int n, int (*m)[n]) { return x + (*m)[0]; }
        int renamed(int) __asm__("" "new_name"); int renamed(int x) { return x + labelled; }
        static int expression(int x) { return ({ int y = x; if (y) { y++; } y; }) + per_thread; }
        static int holder(int x)
        {
            __label__ out;
            auto int nested(int);
            int nested(int y) { int deeper(int z) { return z + x; } if (y > 9) goto out; return deeper(y) + x; }
            static int counter;
            inline int old_nested(p) int p; { return p + counter++; }
            return nested(x) + old_nested(x);
        out:
            return 0;
        }
        extern __typeof__(renamed) other_name __attribute__((alias("new_name")));
        int weak_one(int x) __attribute__((weak)); int weak_one(int x) { return x; }
        static int prefixed(int); _Noreturn static void stop(const char *why, ...) { puts(why); exit(1); }
        asm(".globl from_assembly\nfrom_assembly:\n");
        _Static_assert(sizeof(int) == 4, "int wrong(void) {");
        #pragma GCC push_options
        #pragma GCC optimize("O1")
        static int prefixed(int x) { if (x == 77) stop("x"); return x; }
        #pragma GCC pop_options
        static double numbers(double x) { return x * 1e+5 + 0x1p-3 + sqrt(.5); }
        #define DEFINE(n) static int made_##n(int x) { static int count_##n; count_##n += x; return count_##n; } static int value_##n = __LINE__
        DEFINE(one); DEFINE(two);
        static jmp_buf environment;
        static _Atomic int atomic_one; static _Atomic(int) atomic_two;

        int main(int argc, char **argv)
        {
            d = chooser(argc); table[0] = outer()(argc); far = array; top = find(list);
            char buffer[16]; strcpy(buffer, argv[0]); memset(buffer, argc, sizeof buffer);
            sink = plain(argc) + second_plain(argc) + third(argc) + parenthesised(argc) + (*array())[1] + *pointer(buffer) + **texts()
                + old(argc, second) + implicit(argc) + made(argc).x + state(argc) + measured(argc, 3, &c) + renamed(argc) + expression(argc)
                + holder(argc) + weak_one(argc) + prefixed(argc) + (int)numbers(argc) + made_one(1) + made_two(2) + value_one + value_two
                + d(1) + table[0](2) + (*far())[0] + (top != 0) + setjmp(environment) + atomic_one++ + atomic_two++;
            return argv[argc - sink / 100000] == 0;
        }

        """;
}
