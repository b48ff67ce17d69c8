using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.ObjectCode.Images;

namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>
/// Where the records of <c>-fprofile-arcs</c> say something of the compile and nothing of the code: the checksum of a static function
/// depends on the name of the output, the stamp on the time, and the file of the counts is named by its path (gcc/coverage.cc,
/// <c>coverage_compute_profile_id</c>, <c>build_fn_info</c>, <c>build_info</c>).
/// </summary>
internal sealed class CoverageRecords
{
    private const string FunctionRecord = "__gcov_.";
    private const string Runtime = "__gcov_init";
    private const ulong FieldSize = 4;

    private readonly HashSet<(int Section, ulong Offset)> _files = [];
    private readonly SortedSet<(int Section, ulong Offset, ulong Length)> _spared = [];

    private CoverageRecords()
    {
    }

    /// <summary>Finds the records of an object; there are none without instrumentation.</summary>
    /// <param name="image">The object that the compiler makes now.</param>
    public static CoverageRecords Of(ObjectImage image)
    {
        var records = new CoverageRecords();
        if (!Array.Exists(image.Symbols, static s => !s.IsDefined && s.Name == Runtime))
        {
            return records;
        }

        var pointer = image.Layout.Encoding.Is64 ? 8UL : 4UL;
        foreach (var section in image.Sections.OfType<ImageSection>())
        {
            foreach (var record in section.Data.Where(static s => s.IsLocal && s.Name.StartsWith(FunctionRecord, StringComparison.Ordinal)))
            {
                // struct gcov_fn_info: key, which leads to the unit's record, then the checksum.
                var key = section.RelocationsIn(record.Row.Value, record.Row.Value + 1);
                if (key.Length == 1 && record.Row.Size > pointer + FieldSize)
                {
                    records._spared.Add((section.Index, record.Row.Value + pointer, FieldSize));
                    records.AddUnit(image, section, key[0], pointer);
                }
            }
        }

        return records;
    }

    /// <summary>Adds the ranges, from the start of a region, whose bytes are not compared.</summary>
    /// <param name="region">The region.</param>
    /// <param name="spared">Takes them.</param>
    public void AddSpared(in Region region, List<(ulong Offset, ulong Length)> spared)
    {
        foreach (var (_, offset, length) in _spared.GetViewBetween((region.Recompiled.Index, region.RecompiledStart, 0), (region.Recompiled.Index, region.RecompiledEnd, 0)))
        {
            spared.Add((offset - region.RecompiledStart, length));
        }
    }

    /// <summary>Whether a relocation leads to the path of the file of the counts.</summary>
    /// <param name="section">Its section in the made object.</param>
    /// <param name="relocation">The relocation.</param>
    public bool IsFile(ImageSection section, in ElfRelocation relocation) => _files.Contains((section.Index, relocation.Offset));

    /// <summary>struct gcov_info: version, next, stamp, from GCC 12 on a checksum of all functions, then the name of the file.</summary>
    private void AddUnit(ObjectImage image, ImageSection section, in ElfRelocation key, ulong pointer)
    {
        var symbol = image.Symbols[key.Symbol];
        if (image.SectionOf(symbol) is not { IsCode: false } home)
        {
            return;
        }

        var stamp = unchecked(symbol.Row.Value + (ulong)FieldWidth.AddendOf(image, section, key)) + (2 * pointer);
        var next = home.RelocationsIn(stamp, stamp + (3 * pointer));
        if (next.Length > 0 && next[0].Offset - stamp is FieldSize or 2 * FieldSize)
        {
            _spared.Add((home.Index, stamp, next[0].Offset - stamp));
            _files.Add((home.Index, next[0].Offset));
        }
    }
}
