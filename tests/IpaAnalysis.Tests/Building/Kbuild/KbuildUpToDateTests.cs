using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Files.State;
using IpaAnalysis.Tests.Compilers;

namespace IpaAnalysis.Tests.Building.Kbuild;

/// <summary>make is started when, and only when, something changed that it would look at.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class KbuildUpToDateTests
{
    private static readonly Lazy<TemporaryTree> s_sharedKernel = new(static () =>
    {
        var tree = new TemporaryTree("ipa-kernel-");
        KernelCopy.Write(tree.Path);
        return tree;
    });

    private static readonly DateTime s_past = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    /// <summary>A module, a kernel of its own made of the installed headers, and a make that counts how often it is started.</summary>
    private sealed class Project : IDisposable
    {
        /// <param name="ownsKernel">Whether the test changes files of the kernel; else all such projects share one.</param>
        public Project(bool ownsKernel = false)
        {
            Kernel = ownsKernel ? Sandbox.PathOf("kernel") : s_sharedKernel.Value.Path;
            if (ownsKernel)
            {
                KernelCopy.Write(Kernel);
            }

            Sandbox.Write("m/h.h", "static inline int hh(int x) { return x * 3; }\n");
            Sandbox.Write("m/a.c", "#include <linux/module.h>\n#include \"h.h\"\nint other(int x);\nstatic int __init my_init(void) { int in_a; return hh(3) + other(4); }\nmodule_init(my_init);\nMODULE_LICENSE(\"GPL\");\n");
            Sandbox.Write("m/b.c", "int other(int x);\nint other(int x) { return x; }\n");
            Sandbox.Write("m/Kbuild", "obj-m := demo.o\ndemo-y := a.o b.o\nccflags-$(WANT_MORE) += -DMORE\n");
            Sandbox.Write("m/Makefile", "all:\n\t$(MAKE) -C /lib/modules/$(shell uname -r)/build M=$(CURDIR)\n");
            var make = Sandbox.Script("bin/mymake", $"echo started >> '{Sandbox.PathOf("started")}'\n[ ! -f '{Sandbox.PathOf("idle")}' ] || exit 0\n\"{Tools.Require("make")}\" \"$@\" || exit $?\n[ ! -f '{Sandbox.PathOf("hook")}' ] || . '{Sandbox.PathOf("hook")}'\n");
            Options = new KernelModuleOptions
            {
                ModuleDirectory = Sandbox.PathOf("m"),
                WorkingDirectory = Sandbox.Root,
                KernelBuildDir = Kernel,
                Make = make,
                Jobs = 2,
                Environment = new Dictionary<string, string>(Sandbox.Environment),
                StateFile = Sandbox.PathOf("obj/module.state"),
            };
        }

        public Sandbox Sandbox { get; } = new();

        /// <summary>The kernel's build directory.</summary>
        public string Kernel { get; }

        public KernelModuleOptions Options { get; set; }

        /// <summary>Whether make only counts that it was started, which is faster.</summary>
        public bool IsIdle
        {
            set
            {
                if (value)
                {
                    Sandbox.Write("idle", "");
                }
                else
                {
                    File.Delete(Sandbox.PathOf("idle"));
                }
            }
        }

        public int Starts => File.Exists(Sandbox.PathOf("started")) ? File.ReadAllLines(Sandbox.PathOf("started")).Length : 0;

        public KernelModuleResult Build() => KernelModuleBuilder.Build(Options, CancellationToken.None);

        /// <summary>Builds, and builds again, which must not start make.</summary>
        public KernelModuleResult MustSettle()
        {
            var first = Build();
            Assert.That(first.Succeeded, Is.True, () => string.Join('\n', first.Log));
            var starts = Starts;
            var second = Build();
            using (Assert.EnterMultipleScope())
            {
                Assert.That((second.Succeeded, second.IsUpToDate), Is.EqualTo((true, true)), () => string.Join('\n', second.Reasons.Concat(first.Reasons).Concat(first.Log)));
                Assert.That(Starts, Is.EqualTo(starts));
                Assert.That(second.Diagnostics, Is.EqualTo(first.Diagnostics));
                Assert.That(second.OutputFiles, Is.EqualTo(first.OutputFiles));
                Assert.That(second.Kernel, Is.EqualTo(first.Kernel));
            }

            return first;
        }

        /// <summary>Asks without building: what is not up to date, as <c>FILE: why</c>.</summary>
        public string Ask()
        {
            var starts = Starts;
            var before = Snapshot();
            var result = KernelModuleBuilder.Build(Options with { OnlyAsks = true }, CancellationToken.None);
            Assert.That(Snapshot(), Is.EqualTo(before));
            Assert.That(Starts, Is.EqualTo(starts));
            Assert.That(result.Succeeded, Is.EqualTo(result.IsUpToDate));
            return result.IsUpToDate ? "" : Sandbox.Show(result.Diagnostics.Single(static d => d.Code == "IPA1023"));
        }

        public void Dispose() => Sandbox.Dispose();

        // In lines, in order: NUnit compares dictionaries of thousands of files for seconds.
        private List<string> Snapshot() =>
        [
            .. Sandbox.Snapshot().Concat(Sandbox.Snapshot(Kernel)).Select(static f => $"{f.Key} {f.Value}").Distinct().Order(StringComparer.Ordinal),
        ];
    }

    [OneTimeTearDown]
    public void RemoveKernel()
    {
        if (s_sharedKernel.IsValueCreated)
        {
            s_sharedKernel.Value.Dispose();
        }
    }

    [Test]
    public void A_question_passes_what_make_would_not_build_anew_and_names_what_it_would()
    {
        using var project = new Project();
        project.MustSettle();
        var directory = project.Options.ModuleDirectory;
        string[] all = [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)];
        var later = DateTime.UtcNow.AddMinutes(1);
        var command = all.First(static f => f.EndsWith(".o.cmd", StringComparison.Ordinal));
        var source = all.First(static f => f.EndsWith(".c", StringComparison.Ordinal) && !f.EndsWith(".mod.c", StringComparison.Ordinal));

        File.SetLastWriteTimeUtc(command, later);
        File.SetLastWriteTimeUtc(source, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(project.Ask(), Is.Empty);

        // Replaced by the same with the same time, as a package's installation does.
        var time = File.GetLastWriteTimeUtc(source);
        File.Copy(source, source + "~");
        File.SetLastWriteTimeUtc(source + "~", time);
        File.Move(source + "~", source, overwrite: true);
        Assert.That(project.Ask(), Is.Empty);

        File.AppendAllText(command, "\n");
        Assert.That(project.Ask(), Does.Contain(Path.GetFileName(command)));
        File.WriteAllText(command, File.ReadAllText(command)[..^1]);
        Assert.That(project.Ask(), Is.Empty);

        // Newer: make builds from it what is older.
        File.SetLastWriteTimeUtc(source, later);
        Assert.That(project.Ask(), Does.Contain(Path.GetFileName(source)).And.Contain("its time stamp changed"));
    }

    [Test]
    public void Each_change_starts_make_once()
    {
        using var project = new Project(ownsKernel: true);
        var sandbox = project.Sandbox;
        Assert.That(project.Ask(), Does.StartWith("m(0,0): IPA1023: The build is not up to date: it is not known that make finished here."));
        var first = project.MustSettle();
        Assert.That(first.Diagnostics, Has.Some.Property("Message").Contains("in_a"));
        Assert.That(project.Ask(), Is.Empty);
        project.Options = project.Options with { Jobs = 1 };
        Assert.That(project.Ask(), Is.Empty);

        (string Name, Action Change)[] changes =
        [
            ("m/a.c", () => File.AppendAllText(sandbox.PathOf("m/a.c"), "\n")),
            ("m/h.h", () => File.SetLastWriteTimeUtc(sandbox.PathOf("m/h.h"), DateTime.UtcNow)),
            ("m/b.c", () => ReplaceWithSameSizeAndTime(sandbox.PathOf("m/b.c"))),
            ("m/Kbuild", () => File.AppendAllText(sandbox.PathOf("m/Kbuild"), "# changed\n")),
            ("m/new.c", () => sandbox.Write("m/new.c", "int x;\n")),
            ("m/sub/Kbuild", () => sandbox.Write("m/sub/Kbuild", "\n")),
            ("m/sub/Kbuild", () => Directory.Delete(sandbox.PathOf("m/sub"), recursive: true)),
            ("m/b.o", () => File.Delete(sandbox.PathOf("m/b.o"))),
            ("m/demo.ko", () => File.Delete(sandbox.PathOf("m/demo.ko"))),
            ("m/a.c.000i.ipa-clones", () => File.Delete(sandbox.PathOf("m/a.c.000i.ipa-clones"))),
            ("m/.a.o.cmd", () => File.Delete(sandbox.PathOf("m/.a.o.cmd"))),
            ("kernel/include/generated/autoconf.h", () => File.SetLastWriteTimeUtc(sandbox.PathOf("kernel/include/generated/autoconf.h"), DateTime.UtcNow)),
            ("kernel/include/config/auto.conf", () => File.SetLastWriteTimeUtc(sandbox.PathOf("kernel/include/config/auto.conf"), s_past)),
            ("kernel/include/config/CC_VERSION_TEXT", () => sandbox.Write("kernel/include/config/CC_VERSION_TEXT", "")),
            ("kernel/Module.symvers", () => File.AppendAllText(sandbox.PathOf("kernel/Module.symvers"), "")),
            ("kernel/.config", () => File.SetLastWriteTimeUtc(sandbox.PathOf("kernel/.config"), s_past)),
        ];
        File.SetLastWriteTimeUtc(sandbox.PathOf("kernel/Module.symvers"), s_past);
        project.MustSettle();
        string[] reallyMade = ["m/h.h", "m/b.o", "m/a.c.000i.ipa-clones", "kernel/include/generated/autoconf.h"];
        foreach (var (name, change) in changes)
        {
            project.IsIdle = !reallyMade.Contains(name, StringComparer.Ordinal);
            change();
            if (name == "kernel/Module.symvers")
            {
                File.SetLastWriteTimeUtc(sandbox.PathOf(name), DateTime.UtcNow);
            }

            Assert.That(project.Ask(), Does.StartWith(name + "("), name);
            var starts = project.Starts;
            var built = project.MustSettle();
            Assert.That(project.Starts, Is.EqualTo(starts + 1), name);
            Assert.That(built.Reasons[0], Does.StartWith(sandbox.PathOf(name) + ": "), name);
            Assert.That(project.Ask(), Is.Empty, name);
        }

        Assert.That(File.Exists(sandbox.PathOf("m/a.c.000i.ipa-clones")), "make alone would not bring it");
        project.IsIdle = false;
        sandbox.Write("m/new.c", "int y;\n");
        project.MustSettle();
        Assert.That(File.Exists(sandbox.PathOf("m/demo.ko")), Is.True);
        Assert.That(File.Exists(sandbox.PathOf("m/b.o")), Is.True);
    }

    [Test]
    public void Other_arguments_environment_and_compiler_start_make()
    {
        using var project = new Project();
        var options = project.Options;
        project.MustSettle();
        project.Options = options with { Environment = new Dictionary<string, string>(options.Environment) { ["SHLVL"] = "7", ["TERM"] = "x" } };
        Assert.That(project.Ask(), Is.Empty);

        foreach (var other in (KernelModuleOptions[])
            [
                options with { MakeArguments = "KCFLAGS=-g0" },
                options with { MakeArguments = "V=1" },
                options with { Environment = new Dictionary<string, string>(options.Environment) { ["KCFLAGS"] = "-g0" } },
                options with { Environment = new Dictionary<string, string>(options.Environment) { ["WANT_MORE"] = "y" } },
                options with { Environment = new Dictionary<string, string>(options.Environment) { ["PATH"] = project.Sandbox.PathOf("bin") + ":" + options.Environment["PATH"] } },
                options with { Compiler = Tools.Require("gcc-11") },
            ])
        {
            project.Options = other;
            Assert.That(project.Ask(), Does.Contain("make's arguments or environment changed"), $"{other.MakeArguments} {other.Compiler}");
        }

        project.IsIdle = true;
        project.MustSettle();
        project.Options = options;
        Assert.That(project.Ask(), Is.Not.Empty);
    }

    [Test]
    public void Another_program_of_the_same_name_starts_make()
    {
        using var project = new Project();
        var bin = Directory.CreateDirectory(project.Sandbox.PathOf("tools")).FullName;
        project.Options = project.Options with
        {
            Compiler = "mygcc",
            Environment = new Dictionary<string, string>(project.Options.Environment) { ["PATH"] = bin + ":" + project.Options.Environment["PATH"] },
        };
        project.Sandbox.Script("tools/mygcc", "exec gcc \"$@\"\n");
        project.MustSettle();
        project.IsIdle = true;
        project.Sandbox.Script("tools/mygcc", "exec gcc \"$@\" \n");
        Assert.That(project.Ask(), Does.StartWith("tools/mygcc("));
        project.MustSettle();
        project.Sandbox.Script("tools/ld", "exec /usr/bin/ld \"$@\"\n");
        Assert.That(project.Ask(), Does.Contain("'ld' is another program now"));
    }

    [Test]
    public void A_change_while_make_runs_is_not_taken_for_made()
    {
        using var project = new Project();
        project.MustSettle();

        // After make compiled it and before it ended.
        project.Sandbox.Write("hook", $"echo >> '{project.Sandbox.PathOf("m/a.c")}'\n");
        File.AppendAllText(project.Sandbox.PathOf("m/b.c"), "\n");
        Assert.That(project.Build().Reasons[^1], Does.Contain("a.c: it changed while make ran"));
        File.Delete(project.Sandbox.PathOf("hook"));
        Assert.That(project.Ask(), Is.Not.Empty);
        project.MustSettle();
    }

    [Test]
    public void An_object_whose_dump_something_else_took_is_compiled_again()
    {
        // As another build does that makes in the same directory.
        using var project = new Project();
        var dump = project.Sandbox.PathOf("m/b.c.000i.ipa-clones");
        project.Sandbox.Write("hook", $"rm -f '{dump}'\n");
        var first = project.Build();
        Assert.That((first.Succeeded, File.Exists(dump)), Is.EqualTo((true, false)));
        Assert.That(first.Reasons, Has.Some.StartsWith(project.Sandbox.PathOf("m/b.o") + ": it has no clone dump"));
        File.Delete(project.Sandbox.PathOf("hook"));
        Assert.That(project.MustSettle().Reasons, Has.Some.EqualTo(project.Sandbox.PathOf("m/b.o") + ": it has no clone dump, so that it is compiled again"));
        Assert.That(File.Exists(dump));
    }

    [Test]
    public void A_failed_make_is_started_again()
    {
        using var project = new Project();
        project.MustSettle();
        project.Sandbox.Write("hook", "exit 3\n");
        File.AppendAllText(project.Sandbox.PathOf("m/b.c"), "\n");
        Assert.That(project.Build().Succeeded, Is.False);
        var starts = project.Starts;
        Assert.That(project.Build().Succeeded, Is.False);
        Assert.That(project.Starts, Is.EqualTo(starts + 1));
        File.Delete(project.Sandbox.PathOf("hook"));
        project.MustSettle();
    }

    [TestCase("VERSION := $(shell git describe)\n", "is known to make only ($(shell git describe))")]
    [TestCase("include $(HERE)/more.mk\n", "is known to make only ($(HERE)/more.mk)")]
    [TestCase("NOW != date\n", "is known to make only (NOW != date)")]
    public void What_only_make_can_tell_starts_it_always(string line, string why)
    {
        using var project = new Project();
        project.Sandbox.Write("m/more.mk", "\n");
        File.AppendAllText(project.Sandbox.PathOf("m/Kbuild"), "HERE := $(src)\n" + line);
        Assert.That(project.Build().Reasons[^1], Does.Contain(why));
        Assert.That(project.Ask(), Is.Not.Empty);
        Assert.That(project.Build().IsUpToDate, Is.False);
    }

    [Test]
    public void Included_makefiles_and_objects_elsewhere_count()
    {
        using var project = new Project();
        var kbuild = project.Sandbox.PathOf("m/Kbuild");
        project.Sandbox.Write("common/flags.mk", "ccflags-y += -DCOMMON\n");
        File.AppendAllText(kbuild, "-include $(src)/../common/flags.mk $(src)/../common/none.mk\n");
        project.MustSettle();
        project.Sandbox.Write("common/flags.mk", "ccflags-y += -DOTHER\n");
        Assert.That(project.Ask(), Does.StartWith("common/flags.mk("));
        project.MustSettle();
        project.Sandbox.Write("common/none.mk", "\n");
        Assert.That(project.Ask(), Does.StartWith("common/none.mk("));

        project.Sandbox.Write("common/c.c", "int more(int x);\nint more(int x) { return x; }\n");
        File.WriteAllText(kbuild, "obj-m := demo.o\ndemo-y := a.o b.o ../common/c.o\n");
        project.MustSettle();
        project.Sandbox.Write("common/c.c", "int more(int x);\nint more(int x) { return x + 1; }\n");
        Assert.That(project.Ask(), Does.StartWith("common/c.c("));
        project.MustSettle();
        File.Delete(project.Sandbox.PathOf("common/c.c.000i.ipa-clones"));
        Assert.That(project.Ask(), Does.StartWith("common/c.c.000i.ipa-clones("));
        File.Delete(project.Sandbox.PathOf("common/.c.o.cmd"));
        Assert.That(project.Ask(), Does.StartWith("common/.c.o.cmd("));
    }

    [Test]
    public void A_module_elsewhere_counts_as_one_inside()
    {
        using var project = new Project();
        project.Sandbox.Write("other/o.c", "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n");
        project.Sandbox.Write("other/Kbuild", "obj-m := o.o\n");
        File.AppendAllText(project.Sandbox.PathOf("m/Kbuild"), "obj-m += ../other/\n");
        project.MustSettle();
        File.AppendAllText(project.Sandbox.PathOf("other/o.c"), "int more(void);\nint more(void) { return 1; }\n");
        Assert.That(project.Ask(), Does.StartWith("other/o.c("));
        project.MustSettle();
        File.AppendAllText(project.Sandbox.PathOf("other/Kbuild"), "ccflags-y += -DX\n");
        Assert.That(project.Ask(), Does.StartWith("other/Kbuild("));
    }

    [Test]
    public void What_is_replaced_meanwhile_by_an_older_file_is_made_again()
    {
        using var project = new Project();
        var source = project.Sandbox.PathOf("m/b.c");
        var replacement = project.Sandbox.Write("new.c", "int other(int x);\nint newer(int x);\nint newer(int x) { return x; }\nint other(int x) { return newer(x); }\n");
        File.SetLastWriteTimeUtc(replacement, s_past);
        project.Sandbox.Write("hook", $"[ ! -f '{replacement}' ] || mv '{replacement}' '{source}'\n");
        var result = project.Build();
        Assert.That(result.Succeeded, Is.True, () => string.Join('\n', result.Log));
        Assert.That(result.Reasons, Has.Some.Contains("was replaced while make ran"));
        Assert.That(File.ReadAllText(project.Sandbox.PathOf("m/b.c.000i.ipa-clones")), Does.Contain("newer"));
        project.MustSettle();
    }

    [Test]
    public void A_damaged_record_starts_make()
    {
        using var project = new Project();
        project.MustSettle();
        var record = project.Options.RecordFile;
        var bytes = File.ReadAllBytes(record);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(record, bytes);
        Assert.That(project.Ask(), Does.Contain("it is not known that make finished here"));
        project.MustSettle();
    }

    [Test]
    public void A_kernel_tree_is_judged_in_the_same_way()
    {
        Tools.Require("make");
        using var sandbox = new Sandbox();
        FakeKernel.Write((path, text) => sandbox.Write("linux/" + path, text));
        sandbox.Write("build/.config", FakeKernel.Config);
        var options = new KernelTreeOptions
        {
            SourceDirectory = sandbox.PathOf("linux"),
            OutputDirectory = sandbox.PathOf("build"),
            WorkingDirectory = sandbox.Root,
            Environment = Sandbox.Environment,
            StateFile = sandbox.PathOf("obj/tree.state"),
        };
        foreach (var (name, change) in new (string, Action)[]
            {
                ("linux", static () => { }),
                ("linux/kernel/time/time.c", () => File.AppendAllText(sandbox.PathOf("linux/kernel/time/time.c"), "\n")),
                ("linux/Kbuild", () => File.AppendAllText(sandbox.PathOf("linux/Kbuild"), "\n")),
                ("linux/init/Makefile", () => sandbox.Write("linux/init/Makefile", "\n")),
                ("build/.config", () => File.AppendAllText(sandbox.PathOf("build/.config"), "CONFIG_X=y\n")),
                ("build/init/main.o", () => File.Delete(sandbox.PathOf("build/init/main.o"))),
                ("build/vmlinux", () => File.Delete(sandbox.PathOf("build/vmlinux"))),
                ("build/kernel/time/time.c.000i.ipa-clones", () => File.Delete(sandbox.PathOf("build/kernel/time/time.c.000i.ipa-clones"))),
            })
        {
            change();
            if (name == "linux/init/Makefile")
            {
                // In a directory that had none: its parent's makefile must name it first.
                KernelTreeBuilder.Build(options, CancellationToken.None);
                continue;
            }

            var asked = KernelTreeBuilder.Build(options with { OnlyAsks = true }, CancellationToken.None);
            Assert.That(sandbox.Show(asked.Diagnostics), Has.Length.EqualTo(1).And.Some.StartsWith(name + "("), name);
            var built = KernelTreeBuilder.Build(options, CancellationToken.None);
            Assert.That((built.Succeeded, built.IsUpToDate), Is.EqualTo((true, false)), name);
            var again = KernelTreeBuilder.Build(options, CancellationToken.None);
            Assert.That((again.Succeeded, again.IsUpToDate), Is.EqualTo((true, true)), () => name + string.Join('\n', built.Reasons.Concat(again.Reasons)));
            Assert.That(again.Diagnostics, Is.EqualTo(built.Diagnostics), name);
        }
    }

    private static void ReplaceWithSameSizeAndTime(string path)
    {
        var time = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path + ".new", File.ReadAllText(path).Replace('x', 'y'));
        File.SetLastWriteTimeUtc(path + ".new", time);
        File.Move(path + ".new", path, overwrite: true);
    }
}
