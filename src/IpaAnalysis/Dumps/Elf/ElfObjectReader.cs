using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf;

/// <summary>Reads one object and reports each kind of damage once.</summary>
internal sealed class ElfObjectReader(ByteSource source, string file, DiagnosticBag diagnostics)
{
    public ElfObject? Read()
    {
        var layout = ElfLayout.Read(source, out var problem);
        Report(problem);
        if (layout is null)
        {
            return null;
        }

        var table = ElfSymbolTable.Find(source, layout, out problem);
        Report(problem);
        var names = table is null ? null : FindNames(table);
        (int Offset, int Length) sourceFileName = default;
        var functions = names is null ? [] : ReadFunctions(table!, names, out sourceFileName);
        var (compilers, isLto) = ReadSections(layout);
        return new(layout, names ?? ElfStringTable.Empty, functions, sourceFileName)
        {
            HasSymbolTable = names is not null,
            Compilers = compilers,
            IsLto = isLto,
        };
    }

    private ElfStringTable? FindNames(ElfSymbolTable table)
    {
        var names = table.NamesIn(source);
        Report(names is null ? "The symbols' names lie outside the file or are damaged" : null);
        return names;
    }

    private ElfFunction[] ReadFunctions(ElfSymbolTable table, ElfStringTable names, out (int Offset, int Length) sourceFileName)
    {
        if (table.IsCutOff)
        {
            Report("The last symbol is cut off");
        }

        var functions = new List<ElfFunction>();
        var damaged = 0;
        var files = 0;
        sourceFileName = default;
        for (var i = 1; i < table.Count; i++)
        {
            var symbol = table[i];
            var isFile = symbol.IsFile;
            if (!isFile && !(symbol.IsFunction && symbol.Section != 0))
            {
                continue;
            }

            if (!names.TryGet(symbol.NameOffset, out var name) || (symbol.Section == ElfSymbol.BadSection && !isFile))
            {
                damaged++;
            }
            else if (isFile)
            {
                // ld adds nameless file symbols of its own.
                files += name.IsEmpty ? 0 : 1;
                sourceFileName = files == 1 && !name.IsEmpty ? ((int)symbol.NameOffset, name.Length) : files > 1 ? default : sourceFileName;
            }
            else
            {
                functions.Add(new(
                    (int)symbol.NameOffset,
                    name.Length,
                    symbol.Section,
                    symbol.Value,
                    symbol.Size,
                    symbol.Binding switch { 0 => ElfBinding.Local, 2 => ElfBinding.Weak, _ => ElfBinding.Global },
                    symbol.IsIndirect));
            }
        }

        if (damaged > 0)
        {
            Report(string.Create(null, $"{damaged} of {table.Count} symbols have no valid name or section"));
        }

        return [.. functions];
    }

    private (ImmutableArray<string> Compilers, bool IsLto) ReadSections(ElfLayout layout)
    {
        var compilers = ImmutableArray<string>.Empty;
        var isLto = false;
        foreach (ref readonly var section in layout.Sections.AsSpan())
        {
            var name = layout.NameOf(section);
            isLto |= name.StartsWith(".gnu.lto_"u8);

            // Assemblers and linkers write one; reading a thousand overlapping ones would be a trap.
            if (!compilers.IsEmpty || !name.SequenceEqual(".comment"u8) || section.IsCompressed)
            {
                continue;
            }

            if (section.TryGetBytes(source, out var bytes))
            {
                compilers = DistinctStrings(bytes.Span);
            }
            else
            {
                Report("The compiler's name (.comment) lies outside the file");
            }
        }

        return (compilers, isLto);
    }

    private static ImmutableArray<string> DistinctStrings(ReadOnlySpan<byte> bytes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var strings = new List<string>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)0);
            var text = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (!text.IsEmpty && Encoding.UTF8.GetString(text) is var word && seen.Add(word))
            {
                strings.Add(word);
            }
        }

        return [.. strings];
    }

    private void Report(string? problem)
    {
        if (problem is not null)
        {
            diagnostics.Add(DiagnosticCatalog.ObjectFile.At(file, 0, problem + "; compile the object again."));
        }
    }
}
