using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>All that the code of an object consists of: sections, symbols and relocations.</summary>
/// <param name="Layout">Headers.</param>
/// <param name="Length">The size of the file in bytes.</param>
/// <param name="Sections">By index; null for those that are not compared.</param>
/// <param name="Symbols">The symbol table.</param>
internal sealed record ObjectImage(ElfLayout Layout, long Length, ImageSection?[] Sections, ImageSymbol[] Symbols)
{
    private readonly Lazy<Dictionary<(string Name, int Ordinal), ImageSection>> _byName =
        new(() => Sections.OfType<ImageSection>().ToDictionary(s => (s.Name, s.Ordinal)));

    /// <summary>Whether addresses of variables are the sums of few relocations and distances in instructions, which no relocation tells of.</summary>
    /// <remarks>GCC's section anchors (-fsection-anchors): the two x86 targets have none (config/i386/i386.cc defines no anchor offsets).</remarks>
    public bool HasAnchors => Layout.Machine is not (ElfMachine.X64 or ElfMachine.I386);

    /// <summary>The section that another object's is to be compared with; null if there is none.</summary>
    public ImageSection? Counterpart(ImageSection section) => _byName.Value.GetValueOrDefault((section.Name, section.Ordinal));

    /// <summary>The section that holds a symbol; null where none that is compared does.</summary>
    public ImageSection? SectionOf(ImageSymbol symbol) => symbol.IsDefined ? Sections[symbol.Row.Section] : null;
}
