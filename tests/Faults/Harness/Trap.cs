namespace IpaAnalysis.Faults.Harness;

/// <summary>
/// Things that leave a mark beside themselves, <c>PATH.mark</c>, when they are run or loaded: what a tree has no right to.
/// </summary>
internal static class Trap
{
    private const string PluginSource = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <fcntl.h>
        #include <stdio.h>
        #include <unistd.h>
        int plugin_is_GPL_compatible;
        static __attribute__((constructor)) void loaded(void)
        {
            Dl_info info;
            char mark[4200];
            if (dladdr((void *)loaded, &info) && info.dli_fname) {
                snprintf(mark, sizeof mark, "%s.mark", info.dli_fname);
                int file = open(mark, O_WRONLY | O_CREAT | O_APPEND, 0666);
                if (file >= 0) {
                    write(file, "loaded\n", 7);
                    close(file);
                }
            }
        }
        int plugin_init(void *plugin, void *version) { (void)plugin; (void)version; return 0; }

        """;

    private static readonly Lock s_building = new();

    /// <summary>Makes a plugin of GCC that works in every version.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="cache">A directory in which one is kept, so that it is compiled once.</param>
    public static void Plugin(string path, string cache)
    {
        var made = Path.Combine(cache, "plugin.so");
        lock (s_building)
        {
            if (!File.Exists(made))
            {
                Directory.CreateDirectory(cache);
                File.WriteAllText(Path.Combine(cache, "plugin.c"), PluginSource);
                Compiler.MustRun("gcc", ["-shared", "-fPIC", "-w", "-o", made, "plugin.c"], cache);
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(made, path);
    }

    /// <summary>Makes a program.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="then">What it does behind that, for the shell.</param>
    public static string Program(string path, string then = "exit 1")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\necho run >> \"$0.mark\"\n{then}\n");
        Executable(path);
        return path;
    }

    /// <summary>Makes all programs that a compiler starts, in a directory.</summary>
    public static void Toolchain(string directory)
    {
        foreach (var name in (string[])["gcc", "cc", "gcc-11", "gcc-12", "cc1", "as", "ld", "collect2", "lto-wrapper", "x86_64-linux-gnu-as"])
        {
            Program(Path.Combine(directory, name));
        }
    }

    private static void Executable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }
}
