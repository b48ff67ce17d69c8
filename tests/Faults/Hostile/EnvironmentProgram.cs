using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Hostile;

/// <summary>Environments and launchers through which a tree's own programs could come to run.</summary>
internal sealed class EnvironmentProgram : IFaultProgram
{
    private static readonly (string Name, string Value)[] s_variables =
    [
        // "{path}" is the usual PATH, "{bin}" a directory in the tree, "{link}" a link to it, "{out}" a file to write.
        ("PATH", ".:{path}"), ("PATH", ":{path}"), ("PATH", "{path}:"), ("PATH", "./:{path}"), ("PATH", "bin:{path}"), ("PATH", "../tree/bin:{path}"),
        ("PATH", "{bin}:{path}"), ("PATH", "{link}:{path}"), ("PATH", "{bin}/../bin:{path}"), ("PATH", "//{bin}:{path}"), ("PATH", "/usr/bin::/bin"),
        ("COMPILER_PATH", "."), ("COMPILER_PATH", ""), ("COMPILER_PATH", ":"), ("COMPILER_PATH", "bin"), ("COMPILER_PATH", "{bin}"), ("COMPILER_PATH", "{link}"),
        ("COMPILER_PATH", "/usr/bin:{bin}:."), ("GCC_EXEC_PREFIX", "{bin}/"), ("GCC_EXEC_PREFIX", "bin/"), ("GCC_EXEC_PREFIX", "./"), ("GCC_EXEC_PREFIX", "{link}/"),
        ("LIBRARY_PATH", "{bin}"), ("COLLECT_GCC", "{bin}/gcc"), ("COLLECT_GCC_OPTIONS", "'-fplugin={plugin}'"), ("COLLECT_LTO_WRAPPER", "{bin}/lto-wrapper"),
        ("OFFLOAD_TARGET_NAMES", "x"), ("DEPENDENCIES_OUTPUT", "{out}"), ("DEPENDENCIES_OUTPUT", "{out} target"), ("DEPENDENCIES_OUTPUT", "deps"),
        ("SUNPRO_DEPENDENCIES", "{out}"), ("SUNPRO_DEPENDENCIES", "{out} target"), ("GCC_COMPARE_DEBUG", "1"), ("GCC_COMPARE_DEBUG", "-fplugin={plugin}"),
        ("GCC_COMPARE_DEBUG", "-fdump-final-insns={out}"), ("GCC_DIAGNOSTICS_LOG", "{out}"), ("GCC_EXTRA_DIAGNOSTIC_OUTPUT", "fixits-v1"), ("TMPDIR", "{bin}"),
        ("TMPDIR", "."), ("TMPDIR", "/nonexistent"), ("TMP", "{bin}"), ("TEMP", "{bin}"), ("GCC_SPECS", "{specs}"), ("SPECS", "{specs}"), ("GCCRC", "{specs}"),
        ("GCOV_PREFIX", "{out}"), ("MAKEFLAGS", "--eval=x"), ("LC_ALL", "de_DE.UTF-8"), ("LANG", "ja_JP.UTF-8"), ("GCC_COLORS", "error=01;31"), ("IFS", "/"), ("ENV", "{script}"),
        ("BASH_ENV", "{script}"), ("BASH_FUNC_exec%%", "() { touch {out}; }"), ("BASH_FUNC_ulimit%%", "() { touch {out}; }"), ("SHELLOPTS", "xtrace"), ("POSIXLY_CORRECT", "1"),
    ];

    // What the record has in the compiler's place, and true where a launcher is to be dropped; without a compiler that may be run, the
    // object's own record of GCC may still show which one it was.
    private static readonly (string Words, bool? Exact)[] s_launchers =
    [
        ("{compiler}", true), ("./evil {compiler}", true), ("env X=Y {compiler}", true), ("ccache {compiler}", true), ("distcc {compiler}", true),
        ("python3 w.py {compiler}", true), ("sccache {compiler}", true), ("icecc {compiler}", true), ("nice ./evil {compiler}", true), ("./evil -x ./evil {compiler}", true),
        ("{tree}/evil {compiler}", true), ("bin/scan-cc {compiler}", true), ("./evil --cc={compiler} {compiler}", null), ("X=Y {compiler}", true),
        ("/usr/bin/env -i PATH=. {compiler}", true), ("ccache ./gcc", null), ("./gcc", null), ("{tree}/gcc", null), ("../tree/gcc", null), ("bin/gcc", null),
        ("./evil ./gcc", null), ("env PATH=. ./gcc", null), ("python3 w.py ./gcc", null), ("evil", null), ("gcc-evil", null), ("./bin/../gcc", null),
        ("/bin/sh ./evil {compiler}", null), ("sh -c ./evil {compiler}", null), ("./as {compiler}", null), ("./evil", null), ("$(./evil)", null), ("`./evil`", null),
        ("{tree}/link-to-compiler", null), ("time {compiler}", null), ("./evil @response {compiler}", null), ("env -S ./evil {compiler}", null),
    ];

    /// <inheritdoc/>
    public string Name => "environment";

    /// <inheritdoc/>
    public string Description => "PATH, variables of GCC and launchers that lead into the tree: none of its programs runs, nothing is written";

    /// <inheritdoc/>
    public IEnumerable<FaultCase> Cases(FaultSettings settings) => Compiler.Installed.SelectMany(c =>
        s_variables.Select(v => new FaultCase($"{c} {v.Name}={v.Value}", directory => [Variable(new HostileUnit(directory, c), v.Name, v.Value)]))
            .Concat(s_launchers.Select(l => new FaultCase($"{c} {l.Words}", directory => [Launcher(new HostileUnit(directory, c), l.Words, l.Exact)]))));

    private static FaultCheck Variable(HostileUnit unit, string name, string value)
    {
        unit.Site.Write("unit.c", HostileUnit.Functions);
        unit.Compile("unit.c");
        Plant(unit);
        var environment = unit.Site.Environment;
        environment[name] = Fill(unit, value);

        // What a user's environment says of trees is not heeded, so that nothing stands in the way of an answer.
        return unit.Check($"{name}={value}", ProcessLimits.Quiet, exact: true, environment);
    }

    private static FaultCheck Launcher(HostileUnit unit, string words, bool? exact)
    {
        unit.Site.Write("unit.c", HostileUnit.Functions);
        unit.Compile("unit.c", launcher: Fill(unit, words).Split(' '));
        Plant(unit);
        return unit.Check($"recorded as {words}", ProcessLimits.Quiet, exact);
    }

    private static string Fill(HostileUnit unit, string text)
    {
        var site = unit.Site;
        return text
            .Replace("{path}", Compiler.SearchPath, StringComparison.Ordinal)
            .Replace("{bin}", Path.Combine(site.Tree, "bin"), StringComparison.Ordinal)
            .Replace("{link}", Path.Combine(site.Outside, "link"), StringComparison.Ordinal)
            .Replace("{out}", Path.Combine(site.Outside, "out"), StringComparison.Ordinal)
            .Replace("{plugin}", Path.Combine(site.Tree, "plugin.so"), StringComparison.Ordinal)
            .Replace("{specs}", Path.Combine(site.Tree, "specs"), StringComparison.Ordinal)
            .Replace("{script}", Path.Combine(site.Tree, "evil"), StringComparison.Ordinal)
            .Replace("{tree}", site.Tree, StringComparison.Ordinal)
            .Replace("{compiler}", unit.CompilerName, StringComparison.Ordinal);
    }

    /// <summary>Puts programs with compilers' names wherever a relative or careless search could find them.</summary>
    private static void Plant(HostileUnit unit)
    {
        var site = unit.Site;
        foreach (var directory in (string[])[site.Tree, Path.Combine(site.Tree, "bin"), site.Working, Path.Combine(site.Working, "bin")])
        {
            Trap.Toolchain(directory);
        }

        Trap.Program(Path.Combine(site.Tree, "evil"), "exec \"$@\"");
        Trap.Program(Path.Combine(site.Tree, "bin", "scan-cc"), "exec \"$@\"");
        Trap.Program(Path.Combine(site.Tree, "gcc-evil"));
        Trap.Plugin(Path.Combine(site.Tree, "plugin.so"), unit.PluginCache);
        site.Write("w.py", "import os, sys\nopen(sys.argv[0] + '.mark', 'a').close()\nos.execvp(sys.argv[1], sys.argv[1:])\n");
        site.Write("specs", $"*cc1:\n+ -fplugin={site.Tree}/plugin.so\n\n");
        site.Write("response", $"-fplugin={site.Tree}/plugin.so\n");
        File.CreateSymbolicLink(Path.Combine(site.Outside, "link"), Path.Combine(site.Tree, "bin"));
        File.CreateSymbolicLink(Path.Combine(site.Tree, "link-to-compiler"), Compiler.Find(unit.CompilerName)!);
    }
}
