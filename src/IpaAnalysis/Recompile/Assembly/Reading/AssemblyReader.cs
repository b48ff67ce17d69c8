using System.Collections.Immutable;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.Assembly.Syntax;
using IpaAnalysis.Recompile.Assembly.Units;

namespace IpaAnalysis.Recompile.Assembly.Reading;

/// <summary>Reads the assembly text that GCC writes with <c>-S -g0</c>.</summary>
internal static class AssemblyReader
{
    /// <summary>
    /// Splits a text into functions and brings each into a form that does not depend on the numbers GCC gives to labels, constants,
    /// clones and local variables. Never throws on bad text: what is not understood is told in <see cref="AssemblyUnit.NotUnderstood"/>.
    /// </summary>
    /// <param name="text">The text; it may be of any size, and is only referred to while it is read.</param>
    /// <param name="machine">The processor it is for: x86-64, AArch64, s390x or 64-bit PowerPC (ELFv2).</param>
    public static AssemblyUnit Read(ReadOnlyMemory<byte> text, ElfMachine machine)
    {
        if (AssemblySyntax.Of(machine) is not { } syntax)
        {
            return new AssemblyUnit
            {
                Machine = machine,
                IsMachineKnown = false,
                NotUnderstood = [new AssemblyNote(1, $"assembly for the processor {machine}")],
            };
        }

        var scan = new UnitScan(text, syntax);
        var writer = new CodeWriter(text, syntax, scan);
        var functions = new FunctionWriter(text, syntax, writer);
        var ends = new int[scan.Functions.Count];
        var anchors = new ImmutableArray<string>[ends.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            functions.Write(scan.Functions[i]);
            ends[i] = writer.Written;
            anchors[i] = writer.Anchors;
        }

        functions.WriteTopLevel(scan.TopLevel);
        var aliases = AliasChains.Resolve(scan.Aliases);
        return new AssemblyUnit
        {
            Machine = machine,
            IsMachineKnown = true,
            Functions = Functions(scan, ends, anchors, writer.Output, aliases),
            Aliases = aliases,
            Variables = [.. scan.Variables.Select(v => SymbolName.Text(v.Span))],
            TopLevelCode = writer.Output[(ends.Length > 0 ? ends[^1] : 0)..],
            Anchors = scan.Data.CopyAnchors(),
            NotUnderstood = [.. scan.Notes],
        };
    }

    private static ImmutableArray<AssemblyFunction> Functions(
        UnitScan scan, int[] ends, ImmutableArray<string>[] anchors, ReadOnlyMemory<byte> output, ImmutableArray<AssemblyAlias> aliases)
    {
        var names = aliases
            .Where(a => !a.Symbol.Contains(".localalias", StringComparison.Ordinal))
            .ToLookup(a => a.Target, a => a.Symbol);
        HashSet<ReadOnlyMemory<byte>>? known = null;
        var functions = ImmutableArray.CreateBuilder<AssemblyFunction>(ends.Length);
        for (var i = 0; i < ends.Length; i++)
        {
            var range = scan.Functions[i];
            var symbol = SymbolName.Text(range.Symbol.Span);
            var code = output[(i > 0 ? ends[i - 1] : 0)..ends[i]];
            functions.Add(new AssemblyFunction
            {
                Symbol = symbol,
                Origin = SymbolName.Text(SymbolName.Origin(range.Symbol.Span)),
                Kind = SymbolName.Kind(range.Symbol.Span),
                Aliases = [.. names[symbol]],
                Line = range.LabelLine,
                IsModuleConstructor = ModuleConstructors.IsName(range.Symbol.Span) && ModuleConstructors.OnlyReports(code.Span, known ??= WithoutNumbers(scan)),
                Anchors = anchors[i],
                Code = code,
            });
        }

        return functions.MoveToImmutable();
    }

    private static HashSet<ReadOnlyMemory<byte>> WithoutNumbers(UnitScan scan) =>
        scan.Functions.Select(static f => (ReadOnlyMemory<byte>)SymbolName.WithoutNumbers(f.Symbol.Span, new byte[f.Symbol.Length]).ToArray()).ToHashSet(Utf8Keys.Instance);
}
