using System.Text.RegularExpressions;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>A kernel module's unit as kbuild preprocesses it, with the flags that change its code.</summary>
internal sealed class KernelUnit : IDisposable
{
    private readonly TemporaryTree _tree = new("ipa-unit-");

    public KernelUnit(string source)
    {
        var headers = Tools.RequireKernelHeaders();
        _tree.Write("m.c", source);
        _tree.Write("Makefile", "obj-m := m.o\n");
        _tree.Run("", "make", "-C", headers, $"M={_tree.Path}", "KBUILD_MODPOST_WARN=1", "modules");
        var command = File.ReadLines(_tree[".m.o.cmd"]).First();

        // Preprocessed by the same command, as kbuild of Linux 7 makes no m.i of a module elsewhere. It names the source as the directory that it ran in has it.
        var words = command.Split(';')[0].Split(":= ", 2)[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var directory = Path.IsPathRooted(words[^1]) ? RealPath.Of(headers) : _tree.Path;
        var preprocess = string.Join(' ', words.TakeWhile(static w => w != "-c").Where(static w => !w.StartsWith("-Wp,-MMD", StringComparison.Ordinal)));
        _tree.Run("", "sh", "-c", $"cd '{directory}' && {preprocess} -E -o '{_tree["m.i"]}' {words[^1]}");
        Text = File.ReadAllBytes(_tree["m.i"]);
        Flags = [.. command.Split(';')[0].Split(' ').Where(word => Regex.IsMatch(word, "^-([fm](?!macro-prefix-map)|std=|O|pg)"))];
        Compiler = Regex.Match(command, @":=\s*(\S+)").Groups[1].Value;
    }

    public byte[] Text { get; }

    public string Compiler { get; }

    public string[] Flags { get; }

    public TemporaryTree Tree => _tree;

    public void Dispose() => _tree.Dispose();
}
