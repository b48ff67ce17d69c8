using System.Globalization;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Recompile.ObjectCode.Images;

namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>
/// Tells whether an object holds the code that the compiler makes now: every function by its bytes and by what its relocations
/// lead to, every variable that both objects have, and the lists of places in code that belong to functions. What a tool of the
/// kernel's build adds or overwrites is no difference (<see cref="IgnoredSections"/>, <see cref="KernelForms"/>), nor is what
/// fills the room between functions.
/// </summary>
internal sealed class ObjectComparer
{
    // Where GCC and GAS put what functions refer to; what lies in other sections is found by who walks the section.
    private static readonly string[] s_ordinaryData = [".rodata", ".data", ".bss", ".tdata", ".tbss", ".ldata", ".lrodata", ".lbss"];

    private readonly ObjectImage _recompiled;
    private readonly ObjectImage _shipped;
    private readonly RegionComparer _regions;

    private ObjectComparer(ObjectImage made, ObjectImage shipped)
    {
        _recompiled = made;
        _shipped = shipped;
        _regions = new RegionComparer(made, shipped);
    }

    /// <summary>The first difference between the object that the compiler makes now and the shipped one; null when there is none.</summary>
    /// <param name="made">The object that the compiler makes now.</param>
    /// <param name="shipped">The unit's object.</param>
    /// <returns>The first difference; null when there is none.</returns>
    public static ObjectDifference? FindDifference(byte[] made, byte[] shipped)
    {
        if (HasCodeWithoutBytes(shipped))
        {
            return new(ObjectDifferenceKind.NoCode, "it has symbols, but no contents");
        }

        if ((ObjectImageReader.Read(made, out var problem), ObjectImageReader.Read(shipped, out var other)) is not ({ } now, { } then))
        {
            return new(ObjectDifferenceKind.Unreadable, problem is null ? other! : "compiled again: " + problem);
        }

        if (now.Layout.Machine != then.Layout.Machine || now.Layout.Encoding != then.Layout.Encoding)
        {
            return new(ObjectDifferenceKind.OtherCode, "the object is for another processor");
        }

        var comparer = new ObjectComparer(now, then);
        if (comparer.Compare() is { } text)
        {
            return new(ObjectDifferenceKind.OtherCode, text);
        }

        var macros = comparer._regions.CompileTimeMacros;
        return comparer._regions.IsExhausted ? new(ObjectDifferenceKind.Unreadable, "its parts overlap too often")
            : macros.Count > 0 ? new(ObjectDifferenceKind.CompileTime, string.Join(", ", macros))
            : null;
    }

    private static bool HasCodeWithoutBytes(byte[] content)
    {
        using var source = ByteSource.FromMemory(content);
        return ElfLayout.Read(source, out _) is { } layout && Array.Exists(layout.Sections, static s => s.IsCode && s.IsEmptyInFile && s.Size > 0);
    }

    private string? Compare() =>
        AddFunctions()
        ?? _regions.Run()
        ?? AddVariables()
        ?? _regions.Run()
        ?? AddSections(_recompiled, _shipped, isMade: true)
        ?? AddSections(_shipped, _recompiled, isMade: false)
        ?? _regions.Run()
        ?? FindMovedFunction();

    private string? AddFunctions()
    {
        var (made, shipped) = (FunctionsByName(_recompiled), FunctionsByName(_shipped));
        foreach (var (name, functions) in made)
        {
            if (!shipped.TryGetValue(name, out var others) || functions.Count != others.Count)
            {
                return shipped.ContainsKey(name) ? $"the number of functions named {name} differs" : $"the object has no function {name}";
            }

            foreach (var ((section, symbol), (otherSection, other)) in functions.Zip(others))
            {
                var (length, otherLength) = (LengthOf(section, symbol), LengthOf(otherSection, other));
                if (section.Name != otherSection.Name || section.Ordinal != otherSection.Ordinal)
                {
                    return $"{name} is in section {section.Name}, in {otherSection.Name} in the object";
                }

                if (symbol.Row.Binding != other.Row.Binding || symbol.Row.Type != other.Row.Type)
                {
                    return $"{name} has another binding in the object";
                }

                if (length != otherLength)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"{name} has {length} bytes, {otherLength} in the object");
                }

                _regions.Add(new(section, symbol.Row.Value, otherSection, other.Row.Value, length, name));
            }
        }

        return shipped.Keys.FirstOrDefault(n => !made.ContainsKey(n)) is { } more ? $"the object has a function {more} too" : null;
    }

    private static SortedDictionary<string, List<(ImageSection Section, ImageSymbol Symbol)>> FunctionsByName(ObjectImage image)
    {
        var byName = new SortedDictionary<string, List<(ImageSection, ImageSymbol)>>(StringComparer.Ordinal);
        foreach (var section in image.Sections.OfType<ImageSection>())
        {
            foreach (var function in section.Functions)
            {
                if (!byName.TryGetValue(function.Name, out var functions))
                {
                    byName[function.Name] = functions = [];
                }

                functions.Add((section, function));
            }
        }

        return byName;
    }

    /// <summary>A function's length; one without reaches to the next, or to the section's end.</summary>
    private static ulong LengthOf(ImageSection section, ImageSymbol function)
    {
        if (function.Row.Size > 0)
        {
            return function.Row.Size;
        }

        var next = ImageSection.FirstAt(section.Functions, function.Row.Value + 1);
        var end = next < section.Functions.Length ? section.Functions[next].Row.Value : section.Header.Size;
        return end > function.Row.Value ? end - function.Row.Value : 0;
    }

    /// <summary>
    /// Assemblers fill in themselves what leads from one function to another of the same section: the same distance leads to the
    /// same function only where all lie as they did.
    /// </summary>
    private string? FindMovedFunction()
    {
        foreach (var section in _recompiled.Sections.OfType<ImageSection>().Where(s => s.Functions.Length > 0))
        {
            // Both hold the same functions, or comparing would have ended before.
            foreach (var (function, other) in section.Functions.Zip(_shipped.Counterpart(section)?.Functions ?? []))
            {
                if (function.Row.Value != other.Row.Value || function.Name != other.Name)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"at byte {function.Row.Value} of section {section.Name} is {function.Name}, in the object {other.Name} at byte {other.Row.Value}");
                }
            }
        }

        return null;
    }

    private string? AddVariables()
    {
        var shipped = VariablesByName(_shipped);
        var made = VariablesByName(_recompiled);
        var last = new Dictionary<ImageSection, ulong>();
        foreach (var section in _recompiled.Sections.OfType<ImageSection>())
        {
            foreach (var variable in section.Data)
            {
                if (!made.ContainsKey(variable.Name) || !shipped.TryGetValue(variable.Name, out var found))
                {
                    continue;
                }

                var (other, symbol) = found;
                if (section.Name != other.Name || variable.Row.Size != symbol.Row.Size || variable.Row.Binding != symbol.Row.Binding)
                {
                    return $"the variable {variable.Name} has another size, section or binding in the object";
                }

                // A distance from one variable may lead into its neighbour: variables do not change places.
                if (last.TryGetValue(other, out var before) && symbol.Row.Value < before)
                {
                    return $"the variable {variable.Name} has another place among the others in the object";
                }

                last[other] = symbol.Row.Value;
                if (variable.Row.Size > 0)
                {
                    _regions.Add(new(section, variable.Row.Value, other, symbol.Row.Value, variable.Row.Size, variable.Name));
                }
            }
        }

        return LeadsToFunction(_recompiled, made, shipped) is { } less ? $"the object has no variable {less}, which refers to a function"
            : LeadsToFunction(_shipped, shipped, made) is { } more ? $"the object has a variable {more} too, which refers to a function"
            : null;
    }

    /// <summary>The variables whose names are theirs alone.</summary>
    private static Dictionary<string, (ImageSection Section, ImageSymbol Symbol)> VariablesByName(ObjectImage image)
    {
        var byName = new Dictionary<string, (ImageSection, ImageSymbol)>(StringComparer.Ordinal);
        var several = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in image.Sections.OfType<ImageSection>())
        {
            foreach (var variable in section.Data)
            {
                if (!byName.TryAdd(variable.Name, (section, variable)))
                {
                    several.Add(variable.Name);
                }
            }
        }

        foreach (var name in several)
        {
            byName.Remove(name);
        }

        return byName;
    }

    /// <summary>The first variable that only one object has and that makes a function known to others.</summary>
    private static string? LeadsToFunction(
        ObjectImage image, Dictionary<string, (ImageSection, ImageSymbol)> variables, Dictionary<string, (ImageSection, ImageSymbol)> others)
    {
        foreach (var (name, (section, symbol)) in variables.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            // Those with a number are found by what refers to them.
            if (others.ContainsKey(name) || (symbol.IsLocal && LocalName.Stem(name) != name))
            {
                continue;
            }

            foreach (ref readonly var relocation in section.RelocationsIn(symbol.Row.Value, symbol.End))
            {
                var target = image.Symbols[relocation.Symbol];
                if (target.Row.IsFunction || image.SectionOf(target) is { IsCode: true })
                {
                    return name;
                }
            }
        }

        return null;
    }

    private string? AddSections(ObjectImage image, ObjectImage counterpart, bool isMade)
    {
        foreach (var section in image.Sections.OfType<ImageSection>())
        {
            if (section.Header.Size == 0 || section.IsMergeable)
            {
                continue;
            }

            var other = counterpart.Counterpart(section);
            if (section.IsCode ? section.Functions.Length > 0 || other?.Functions.Length > 0 : !IsWhole(section))
            {
                if (isMade && other is not null && (section.IsCode ? CompareBetween(section, other) : CompareBlocks(section, other)) is { } difference)
                {
                    return difference;
                }

                continue;
            }

            if (other is null || section.Header.Size != other.Header.Size)
            {
                return other is null || other.Header.Size == 0
                    ? $"the object has {(isMade ? "no" : "a")} section {section.Name}{(isMade ? "" : " too")}"
                    : $"section {section.Name} has another size in the object";
            }

            if (isMade)
            {
                _regions.Add(new(section, 0, other, 0, section.Header.Size, "section " + section.Name));
            }
        }

        return null;
    }

    private bool IsWhole(ImageSection section) =>
        _recompiled.HasAnchors || !Array.Exists(s_ordinaryData, p => section.Name == p || section.Name.StartsWith(p + ".", StringComparison.Ordinal));

    /// <summary>Compares what lies between functions and is no filler.</summary>
    private string? CompareBetween(ImageSection section, ImageSection other)
    {
        if (section.Header.IsEmptyInFile || other.Header.IsEmptyInFile)
        {
            return section.Header.IsEmptyInFile == other.Header.IsEmptyInFile ? null : $"section {section.Name} has no contents in one of both";
        }

        var (between, otherBetween) = (Between(section), Between(other));
        if (between.Count != otherBetween.Count)
        {
            return $"section {section.Name} holds other code between its functions in the object";
        }

        foreach (var ((start, length), (otherStart, otherLength)) in between.Zip(otherBetween))
        {
            if (length != otherLength)
            {
                return $"section {section.Name} holds other code between its functions in the object";
            }

            _regions.Add(new(section, start, other, otherStart, length, $"the code between functions in section {section.Name}"));
        }

        return null;
    }

    /// <summary>Compares what lies between variables: tables of jumps and constants without a name.</summary>
    private string? CompareBlocks(ImageSection section, ImageSection other)
    {
        var (blocks, otherBlocks) = (section.Blocks, other.Blocks);
        for (var i = 0; i < blocks.Count || i < otherBlocks.Count; i++)
        {
            if (i >= blocks.Count || i >= otherBlocks.Count || blocks[i].Length != otherBlocks[i].Length)
            {
                return $"section {section.Name} holds other tables or constants in the object";
            }

            _regions.Add(new(section, blocks[i].Start, other, otherBlocks[i].Start, blocks[i].Length, $"what lies between variables in section {section.Name}"));
        }

        return null;
    }

    private List<(ulong Start, ulong Length)> Between(ImageSection section)
    {
        var between = new List<(ulong, ulong)>();
        ulong end = 0;
        var size = section.Header.Size;
        foreach (var (start, next) in section.Functions.Select(f => (f.Row.Value, f.Row.Value + LengthOf(section, f))).Append((size, size)))
        {
            var from = Math.Min(start, size);
            if (from > end && (!Filler.IsOnly(_recompiled.Layout.Machine, section.Bytes.Span[(int)end..(int)from]) || section.RelocationsIn(end, from).Length > 0))
            {
                between.Add((end, from - end));
            }

            end = Math.Max(end, Math.Min(next, size));
        }

        return between;
    }
}
