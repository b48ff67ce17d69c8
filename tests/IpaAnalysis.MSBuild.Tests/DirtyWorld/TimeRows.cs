using IpaAnalysis.Tests;

namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>What changed while nobody looked: A8, A12.</summary>
internal static class TimeRows
{
    public static IEnumerable<DirtyRow> All => [.. OwnCompiles(), .. Trees(), .. Replaced()];

    private static IEnumerable<DirtyRow> OwnCompiles()
    {
        foreach (var (variant, file, text, lists) in ((string, string, string, string[])[])[
            ("a header earlier in the search path", "i1/lim.h", "static inline int f(int x) { return x & 15; }\nstatic inline int g(int x) { return f(x); }\n", ["g", "use", "use2"]),
            ("a header beside the source", "quoted.h", "static inline int quoted(int x) { return f(x) * 5; }\n", ["quoted", "use", "use2"]),
            ("a header that __has_include asks for", "extra.h", "static int extra(int x) { return f(x) * 9; }\n", ["extra", "use", "use2"]),
            ("a header in a directory that was not there", "i0/deep/lim.h", "static inline int f(int x) { return x & 31; }\nstatic inline int g(int x) { return f(x) + 1; }\n", ["g", "use", "use2"]),
            ("a header that #include_next finds", "i1/next.h", "#include_next <next.h>\nstatic inline int nexted(int x) { return f(x); }\n", ["nexted", "use", "use2"])])
        {
            yield return new DirtyRow("A8", variant)
            {
                Make = world =>
                {
                    world.Write("i2/lim.h", "static inline int f(int x) { return x & 3; }\nstatic inline int g(int x) { return x; }\n");
                    world.Write("i2/quoted.h", "static inline int quoted(int x) { return x * 5; }\n");
                    world.Write("i2/next.h", "#ifndef NEXT\n#define NEXT\n#endif\n");
                    world.Write("a.c", """
                        #include <lim.h>
                        #include "quoted.h"
                        #include <next.h>
                        #if __has_include("extra.h")
                        #include "extra.h"
                        #else
                        static int extra(int x) { return x; }
                        #endif
                        int use(int x) { return f(x) + extra(x); }
                        int use2(int x) { return g(x + 1) + quoted(x) + extra(x); }

                        """);
                    Directory.CreateDirectory(world["i1"]);
                    (world.Sources, world.Flags) = (["a.c"], "-O2 -Ii0/deep -Ii1 -Ii2");
                },
                Twin = ["use"],
                Dirty = world =>
                {
                    world.Write(file, text);
                    if (file.EndsWith("next.h", StringComparison.Ordinal))
                    {
                        world.Edit("a.c", "quoted(x) +", "quoted(x) + nexted(x) +");
                    }
                },
                Verdict = DirtyVerdict.Listed,
                Lists = lists,
            };
        }
    }

    private static IEnumerable<DirtyRow> Trees()
    {
        foreach (var (variant, file) in ((string, string)[])[("a header earlier in the search path", "i1/lim.h"), ("a header beside the source", "lim.h")])
        {
            yield return new DirtyRow("A8", $"{variant} of a tree")
            {
                Make = world =>
                {
                    world.Write("tree/i2/lim.h", "static inline int f(int x) { return x & 3; }\n");
                    world.Write("tree/a.c", "#include \"lim.h\"\nint use(int x) { return f(x); }\nint use2(int x) { return x; }\n");
                    Directory.CreateDirectory(world["tree/i1"]);
                    world.Gcc("a.c", "a.o", "-Ii1", "-Ii2");
                    world.Record();
                },
                Twin = ["use"],
                Dirty = world => world.Write($"tree/{file}", "static inline int f(int x) { return x & 15; }\n"),
                Verdict = DirtyVerdict.Inexact,
                Says = ["a.o"],
            };
        }

        yield return new DirtyRow("A8", "a header that was edited since, in a tree whose sources are known")
        {
            Make = world =>
            {
                world.SourceDirectory = "tree";
                world.Write("tree/lim.h", "static inline int f(int x) { return x & 3; }\n");
                world.Write("tree/a.c", "#include \"lim.h\"\nint use(int x) { return f(x); }\n");
                world.Gcc("a.c", "a.o", "-MD");
                world.Record();
            },
            Twin = ["use"],
            Dirty = world => world.Write("tree/lim.h", "static inline int f(int x) { return x & 15; }\n"),
            Verdict = DirtyVerdict.Inexact,
            Says = ["a.o"],
        };
    }

    private static IEnumerable<DirtyRow> Replaced()
    {
        foreach (var (variant, file, lists) in ((string, string, string[])[])[("a source", "a.c", ["use", "use2"]), ("a header", "lim.h", ["g", "use", "use2"])])
        {
            yield return new DirtyRow("A12", variant + " that is replaced by an older file while it is compiled")
            {
                Make = world =>
                {
                    world.Write("lim.h", "static inline int f(int x) { return x & 3; }\nstatic inline int g(int x) { return x; }\n");
                    world.Write("a.c", "#include \"lim.h\"\nint use(int x) { return f(x); }\nint use2(int x) { return g(x); }\n");
                    world.Sources = ["a.c"];
                },
                Twin = ["use"],
                Dirty = world =>
                {
                    // What replaces the file is older than the object of the twin.
                    world.Write("older", File.ReadAllText(world[file]).Replace("{ return g(x); }", "{ return f(x) + 1; }", StringComparison.Ordinal).Replace("{ return x; }", "{ return f(x) + 1; }", StringComparison.Ordinal));
                    File.SetLastWriteTimeUtc(world["older"], DateTime.UtcNow.AddDays(-1));
                    world.Write("bin/gcc", $"""
                        #!/bin/sh
                        '{Tools.Require("gcc")}' "$@"; status=$?
                        case " $* " in *" -c "*) [ -f '{world["older"]}' ] && mv '{world["older"]}' '{world[file]}' ;; esac
                        exit $status

                        """);
                    world.Run("", "chmod", "+x", world["bin/gcc"]);
                    world.Environment["PATH"] = world["bin"] + ":" + world.Environment["PATH"];
                    world.Edit("a.c", "use(int x)", "use(int x )");
                    world.Ask("f");
                },
                Verdict = DirtyVerdict.Listed,
                Lists = lists,
            };
        }
    }
}
