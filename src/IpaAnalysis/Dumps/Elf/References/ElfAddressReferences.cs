using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>
/// Finds out of which functions an object takes the address: a relocation in memory-resident data, or an instruction
/// that is neither call nor jump, leads to exactly the function's start.
/// </summary>
/// <remarks>
/// Tables that list places in code for tracing, unwinding or patching do not count (see <see cref="CodePlaceSections"/>).
/// Assemblers resolve references within a section themselves and leave no relocation; for these the instructions that
/// compute an address relative to the program counter are searched for in the functions' own sections.
/// Doubt is decided for "taken": a jump table entry that leads, or in position-independent code seems to lead, to a
/// function's first instruction counts (3 of 1,400 clones in the static libraries of Debian 12), and so does a call
/// through a register of the large code model. Not seen are addresses computed from the difference of two labels
/// other than the place itself, which GCC uses for 32-bit ARM under <c>-fPIC</c> only. Ask for clones, not for
/// <c>.cold</c> fragments, which jump tables of the function they belong to do enter.
/// </remarks>
internal static class ElfAddressReferences
{
    /// <summary>Answers for each of the given functions.</summary>
    /// <param name="source">The bytes that <paramref name="elf"/> was read from.</param>
    /// <param name="elf">The object.</param>
    /// <param name="functions">Indices into <see cref="ElfObject.Functions"/>.</param>
    /// <param name="file">The path for diagnostics.</param>
    /// <param name="diagnostics">Receives a <see cref="DiagnosticCatalog.ObjectFile"/> when relocations are damaged.</param>
    /// <returns>
    /// One answer per index, in the order given. A linked image and a copy without code (<c>objcopy --only-keep-debug</c>)
    /// give <see cref="AddressUse.Unknown"/> for what no data relocation shows to be taken, without a diagnostic.
    /// </returns>
    public static ImmutableArray<AddressUse> Find(
        ByteSource source,
        ElfObject elf,
        ReadOnlySpan<int> functions,
        string file,
        DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(elf);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (functions.IsEmpty)
        {
            return [];
        }

        var targets = new HashSet<CodeAddress>();
        foreach (var index in functions)
        {
            targets.Add(CodeAddress.Of(elf.Functions[index]));
        }

        var search = new AddressSearch(source, elf.Layout, targets);
        search.Run();
        if (search.Problem is { } problem)
        {
            diagnostics.Add(DiagnosticCatalog.ObjectFile.At(file, 0, problem + "; compile the object again."));
        }

        var answers = ImmutableArray.CreateBuilder<AddressUse>(functions.Length);
        foreach (var index in functions)
        {
            answers.Add(
                search.Taken.Contains(CodeAddress.Of(elf.Functions[index])) ? AddressUse.Taken
                : search.IsComplete ? AddressUse.NotTaken
                : AddressUse.Unknown);
        }

        return answers.MoveToImmutable();
    }
}
