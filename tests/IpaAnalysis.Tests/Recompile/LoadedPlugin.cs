namespace IpaAnalysis.Tests.Recompile;

/// <summary>A plugin of GCC, made without GCC's headers, and a unit that is compiled with it.</summary>
internal static class LoadedPlugin
{
    // In every plugin: gcc/plugin.cc looks both up by name.
    private const string Start = """
        #include <stdio.h>
        #include <time.h>
        #include <unistd.h>
        int plugin_is_GPL_compatible;

        """;

    /// <summary>Loads and does nothing.</summary>
    public const string Nothing = Start + "int plugin_init(void *plugin, void *version) { (void)plugin; (void)version; return 0; }\n";

    /// <summary>Adds a function to the assembly that returns a number, which the next compile draws anew.</summary>
    public static string Drawing(string number) => Start + $$"""
        extern FILE *asm_out_file;

        /* gcc/gcc-plugin.h declares it extern "C". */
        extern void register_callback(const char *, int, void (*)(void *, void *), void *);
        static unsigned number(void) { {{number}} }
        static void add(void *data, void *user)
        {
            (void)data; (void)user;
            fprintf(asm_out_file, "\t.text\n\t.globl seeded\n\t.type seeded, @function\nseeded:\n\tmovl $%u, %%eax\n\tret\n\t.size seeded, .-seeded\n", number());
        }

        /* PLUGIN_FINISH_UNIT is 5 (gcc/plugin.def). */
        int plugin_init(void *plugin, void *version) { (void)version; register_callback(*(const char **)plugin, 5, add, 0); return 0; }

        """;

    /// <summary>Makes it, or makes another of it.</summary>
    public static void Make(TemporaryTree tree, string name, string source)
    {
        tree.Write($"{name}.plugin.c", source);
        tree.Run("", Tools.Require("gcc"), "-shared", "-fPIC", "-w", "-o", $"{name}.so", $"{name}.plugin.c");
    }

    /// <summary>Compiles the unit with it, in a tree that is trusted.</summary>
    public static void Load(RecompiledUnit unit, string name)
    {
        unit.Add($"-fplugin=./{name}.so");
        unit.Tree.Run("", unit.Unit.Command!.Words[0], [.. unit.Unit.Command.Words.Skip(1)]);
    }
}
