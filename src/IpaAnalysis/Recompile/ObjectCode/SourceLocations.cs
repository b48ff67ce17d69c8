using IpaAnalysis.Recompile.ObjectCode.Images;

namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>
/// Where the descriptions that sanitizers add to data say in which column something stands: a pointer to the file's name, the line and
/// the column (gcc/ubsan.cc, <c>ubsan_get_source_location_type</c>; gcc/asan.cc, <c>asan_add_global</c>). In a preprocessed text, macros
/// are expanded and columns are others.
/// </summary>
internal sealed class SourceLocations
{
    private const ulong FieldSize = 4;

    private readonly SortedSet<(int Section, ulong Offset)> _columns = [];

    private SourceLocations()
    {
    }

    /// <summary>Finds the descriptions of an object; there are none without a sanitizer.</summary>
    /// <param name="image">The object that the compiler makes now.</param>
    public static SourceLocations Of(ObjectImage image)
    {
        var locations = new SourceLocations();
        if (!Array.Exists(image.Symbols, static s => !s.IsDefined && IsRuntime(s.Name)))
        {
            return locations;
        }

        var pointer = image.Layout.Encoding.Is64 ? 8UL : 4UL;
        foreach (var section in image.Sections.OfType<ImageSection>().Where(static s => !s.IsCode && !s.Header.IsEmptyInFile))
        {
            foreach (var relocation in section.Relocations)
            {
                // They have no symbol: what a variable holds is the source's own.
                var end = relocation.Offset + pointer + (2 * FieldSize);
                if (end <= section.Header.Size
                    && image.SectionOf(image.Symbols[relocation.Symbol]) is { IsStrings: true }
                    && section.RelocationsIn(relocation.Offset + 1, end).IsEmpty
                    && !IsOfVariable(section, relocation.Offset))
                {
                    locations._columns.Add((section.Index, relocation.Offset + pointer + FieldSize));
                }
            }
        }

        return locations;
    }

    /// <summary>Adds the ranges, from the start of a region, whose bytes are not compared.</summary>
    /// <param name="region">The region.</param>
    /// <param name="spared">Takes them.</param>
    public void AddSpared(in Region region, List<(ulong Offset, ulong Length)> spared)
    {
        foreach (var (_, offset) in _columns.GetViewBetween((region.Recompiled.Index, region.RecompiledStart), (region.Recompiled.Index, region.RecompiledEnd)))
        {
            spared.Add((offset - region.RecompiledStart, FieldSize));
        }
    }

    private static bool IsRuntime(string name) =>
        name.StartsWith("__ubsan_handle_", StringComparison.Ordinal) || name == "__asan_register_globals";

    private static bool IsOfVariable(ImageSection section, ulong offset) =>
        Array.Exists(section.Data, d => d.Row.Value <= offset && offset - d.Row.Value < d.Row.Size);
}
