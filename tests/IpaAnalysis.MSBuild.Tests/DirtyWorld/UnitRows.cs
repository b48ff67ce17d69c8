namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>What is a unit, and which dump is its own: A1, A2, A3, A7.</summary>
internal static class UnitRows
{
    private const string Header = "static inline int f(const unsigned char *b) { return b[0] - 4; }\n";

    public static IEnumerable<DirtyRow> All =>
    [
        .. Modules(),
        .. WithoutDump(),
        .. WithCommand(),
        .. ForeignDump(),
    ];

    private static IEnumerable<DirtyRow> Modules()
    {
        foreach (var (variant, objects, place) in ((string, string, string)[])[
            ("object of a sibling directory", "main.o ../common/util.o", "common/util.c"),
            ("through this directory and two slashes", "./main.o .//sub/../sub/util.o", "net/sub/util.c"),
            ("two levels up", "main.o ../../deep/lib/util.o", "../deep/lib/util.c")])
        {
            yield return new DirtyRow("A1", variant)
            {
                Make = world => Module(world, "main.o util.o", "net/util.c"),
                Twin = ["net_rx", "util_check"],
                Dirty = world =>
                {
                    Directory.Delete(world["drv/net"], recursive: true);
                    Module(world, objects, place);
                },
                Verdict = DirtyVerdict.Listed,
                Lists = ["net_rx", "util_check"],
            };
        }

        yield return new DirtyRow("A1", "object of a sibling directory whose dump is another's")
        {
            // make finds its object as it left it and does not compile again; the sibling was compiled by hand since.
            Make = world => Module(world, "main.o ../common/util.o", "common/util.c"),
            Twin = ["net_rx", "util_check"],
            Dirty = world =>
            {
                var dump = Directory.GetFiles(world["drv/common"], "util.c.*.ipa-clones").Single();
                File.WriteAllText(dump, "");
            },
            Verdict = DirtyVerdict.Listed,
            Lists = ["net_rx", "util_check"],
        };
    }

    private static void Module(World world, string objects, string util)
    {
        world.Module = "drv/net";
        world.Write("drv/common/len.h", Header);
        var header = world["drv/common/len.h"];
        world.Write("drv/" + util, $"#include \"{header}\"\nint util_check(const unsigned char *b); int util_check(const unsigned char *b) {{ return f(b) > 1500; }}\n");
        world.Write("drv/net/main.c", $$"""
            #include <linux/module.h>
            #include "{{header}}"
            int util_check(const unsigned char *b);
            int net_rx(const unsigned char *b); int net_rx(const unsigned char *b) { return util_check(b) ? -1 : f(b); }
            EXPORT_SYMBOL(net_rx);
            MODULE_LICENSE("GPL");

            """);
        world.Write("drv/net/Kbuild", $"obj-m := net.o\nnet-y := {objects}\n");
    }

    private static IEnumerable<DirtyRow> WithoutDump()
    {
        foreach (var (variant, output, flags) in ((string, string, string[])[])[
            ("without the option", "u2.o", []),
            ("without the option, with debugging information", "u2.o", ["-g"]),
            ("of another suffix", "u2.os", []),
            ("in a libtool directory", ".libs/u2.o", ["-fPIC"]),
            ("in CMake's layout", "CMakeFiles/t.dir/u2.c.o", [])])
        {
            yield return Row(variant, IsExact: false, world => world.Gcc("u2.c", output, flags), world =>
            {
                RemoveDumps(world, Path.GetDirectoryName(output)!);
                world.Delete($"tree/{output}");
                world.Compile("u2.c", output, flags);
            });
        }

        yield return Row("whose dump was deleted", IsExact: false, world => world.Gcc("u2.c", "u2.o"), world => RemoveDumps(world, ""));
        yield return Row("only in an archive", IsExact: false, world => world.Gcc("u2.c", "u2.o"), world =>
        {
            RemoveDumps(world, "");
            world.Run("tree", "ar", "rcs", "libu.a", "u2.o");
            world.Delete("tree/u2.o");
        });
        yield return Row(
            "that compile_commands.json does not name",
            IsExact: true,
            world =>
            {
                world.Gcc("u2.c", "u2.o");
                world.Record();
            },
            world =>
            {
                RemoveDumps(world, "");
                world.Record(output => output == "u1.o");
            });

        DirtyRow Row(string variant, bool IsExact, Action<World> compile, Action<World> dirty) => new("A2", "an object " + variant)
        {
            Make = world =>
            {
                Users(world);
                world.Gcc("u1.c", "u1.o");
                compile(world);
            },
            IsTwinExact = IsExact,
            Twin = ["use1", "use2"],
            Dirty = dirty,
            Verdict = DirtyVerdict.Incomplete,
            Says = ["IPA2010", "u2"],
        };
    }

    private static IEnumerable<DirtyRow> WithCommand()
    {
        foreach (var (variant, text, twin) in ((string, string, string[])[])[
            ("an inline function", Header, ["use1", "use2"]),
            ("a function out of line", Header.Replace("inline", "__attribute__((noinline))", StringComparison.Ordinal), ["f.isra.0", "f.isra.0", "use1", "use2"])])
        {
            yield return Row(variant, text, twin, world => RemoveDumps(world, ""), []);
        }

        yield return Row("through a link to the header", Header, ["use1", "use2"], world => RemoveDumps(world, ""), [], isLink: true);
        yield return Row("through -include", Header, ["use1", "use2"], world => RemoveDumps(world, ""), ["-include", "len.h"]);
        yield return Row("a dump with a block of zeros", Header, ["use1", "use2"], world => Damage(world, text => text.Insert(text.Length / 2, new string('\0', 16))), []);
        yield return Row("a dump that lost the end of a line", Header, ["use1", "use2"], world => Damage(world, text => text[..(text.Length - 9)]), []);
        yield return Row("a dump that is empty", Header, ["use1", "use2"], world => Damage(world, _ => ""), [], verdict: DirtyVerdict.Listed);

        static void Damage(World world, Func<string, string> change)
        {
            var dump = Directory.GetFiles(world["tree"], "u2.c.*.ipa-clones").Single();
            File.WriteAllText(dump, change(File.ReadAllText(dump)));
        }

        static DirtyRow Row(string variant, string text, string[] twin, Action<World> dirty, string[] flags, bool isLink = false, DirtyVerdict verdict = DirtyVerdict.Incomplete) => new("A3", "a reader without its dump: " + variant)
        {
            Make = world =>
            {
                Users(world, text, hasInclude: flags.Length == 0);
                if (isLink)
                {
                    File.Move(world["tree/len.h"], world["tree/real.h"]);
                    File.CreateSymbolicLink(world["tree/len.h"], "real.h");
                }

                world.Gcc("u1.c", "u1.o", flags);
                world.Gcc("u2.c", "u2.o", flags);
                world.Record();
            },
            Twin = twin,
            Dirty = dirty,
            Verdict = verdict,
            Says = verdict == DirtyVerdict.Listed ? [] : ["IPA"],
            Lists = ["use1", "use2"],
        };
    }

    private static IEnumerable<DirtyRow> ForeignDump()
    {
        foreach (var (variant, output, flags) in ((string, string, string[])[])[
            (".sho and -fPIC", "u2.sho", ["-fPIC"]),
            (".os and a macro", "u2.os", ["-DMORE"]),
            (".lo and another level", "u2.lo", ["-Os"]),
            (".pic and profiling", "u2.pic", ["-pg"])])
        {
            yield return new DirtyRow("A7", "two objects and one dump: " + variant)
            {
                Make = world =>
                {
                    Users(world);
                    world.Gcc("u2.c", "u2.o");
                },
                IsTwinExact = false,
                Twin = ["use2"],
                Dirty = world => world.Gcc("u2.c", output, flags),
                Verdict = DirtyVerdict.Incomplete,
                Says = ["u2"],
            };
        }

        yield return new DirtyRow("A7", "the dump of another compile of the same object")
        {
            Make = world =>
            {
                Users(world);
                world.Gcc("u2.c", "u2.o");
                world.Record();
            },
            Twin = ["use2"],
            Dirty = world =>
            {
                // The object is of the first compile, the dump of the second.
                File.Copy(world["tree/u2.o"], world["kept.o"]);
                world.Edit("tree/u2.c", "return f(b) + 2", "return 2");
                world.Gcc("u2.c", "u2.o");
                File.Move(world["kept.o"], world["tree/u2.o"], overwrite: true);
                world.Edit("tree/u2.c", "return 2", "return f(b) + 2");
            },

            // The dump is a whole one, of a unit that copies nothing; what the compiler says of the object's own text decides.
            Verdict = DirtyVerdict.Listed,
            Lists = ["use2"],
        };
    }

    private static void Users(World world, string header = Header, bool hasInclude = true)
    {
        world.Write("tree/len.h", header);
        foreach (var i in (int[])[1, 2])
        {
            world.Write($"tree/u{i}.c", (hasInclude ? "#include \"len.h\"\n" : "") + $"extern int base;\n#ifdef MORE\nint more(const unsigned char *b) {{ return f(b) * 9; }}\n#endif\nint use{i}(const unsigned char *b) {{ return f(b) + {i} + base / 10; }}\n");
        }
    }

    private static void RemoveDumps(World world, string directory)
    {
        foreach (var dump in Directory.GetFiles(world[$"tree/{directory}"], "*u2*.ipa-clones"))
        {
            File.Delete(dump);
        }
    }
}
