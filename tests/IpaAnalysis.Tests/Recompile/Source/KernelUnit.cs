using System.Text.RegularExpressions;

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
        _tree.Run("", "make", "-C", headers, $"M={_tree.Path}", "m.i", "m.o");
        Text = File.ReadAllBytes(_tree["m.i"]);
        var command = File.ReadLines(_tree[".m.o.cmd"]).First();
        Flags = [.. command.Split(';')[0].Split(' ').Where(word => Regex.IsMatch(word, "^-([fm](?!macro-prefix-map)|std=|O|pg)"))];
        Compiler = Regex.Match(command, @":=\s*(\S+)").Groups[1].Value;
    }

    public byte[] Text { get; }

    public string Compiler { get; }

    public string[] Flags { get; }

    public TemporaryTree Tree => _tree;

    public void Dispose() => _tree.Dispose();
}
