using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>
/// What objtool and recordmcount overwrite in the objects that the kernel's build compiles, as their sources of Linux 6.1 say.
/// All else that objtool writes is in sections of its own: return thunks, retpolines, static calls and sealed <c>endbr64</c>
/// are listed there and overwritten when the kernel starts.
/// </summary>
internal static class KernelForms
{
    private const uint NoRelocation = 0;
    private const uint NoRelocationOfAArch64 = 256;
    private const int JumpEntrySize = 16;

    // tools/objtool/arch/x86/decode.c, arch_nop_insn and arch_ret_insn.
    private static readonly byte[] s_nop2 = [0x66, 0x90];
    private static readonly byte[] s_nop5 = [0x0f, 0x1f, 0x44, 0x00, 0x00];
    private static readonly byte[] s_return5 = [0xc3, 0xcc, 0x0f, 0x1f, 0x00];

    private static readonly KernelForm[] s_calls =
    [
        // tools/objtool/check.c, annotate_call_site, opts.mcount; scripts/recordmcount.c, make_nop_x86 (the same bytes).
        new(ElfMachine.X64, IsEntryCall, 1, 0xe8, s_nop5),
        // tools/objtool/check.c, annotate_call_site, opts.hack_noinstr: a call, and a jump in its place.
        new(ElfMachine.X64, IsProfilingCall, 1, 0xe8, s_nop5, IsOnlyWithoutInstrumentation: true),
        new(ElfMachine.X64, IsProfilingCall, 1, 0xe9, s_return5, IsOnlyWithoutInstrumentation: true),
        // scripts/recordmcount.c, make_nop_x86 with ideal_nop5_x86_32.
        new(ElfMachine.I386, IsEntryCall, 1, 0xe8, [0x3e, 0x8d, 0x74, 0x26, 0x00]),
        // scripts/recordmcount.c, make_nop_arm64: bl.
        new(ElfMachine.AArch64, static name => name == "_mcount", 0, 0x94, [0x1f, 0x20, 0x03, 0xd5]),
    ];

    /// <summary>Whether objtool adds a function symbol of that name: the room before a function (tools/objtool/elf.c, elf_create_prefix_symbol, since Linux 6.2).</summary>
    public static bool IsAddedSymbol(string name) => name.StartsWith("__pfx_", StringComparison.Ordinal);

    /// <summary>Whether a relocation does nothing; the two tools leave such where they overwrote a call.</summary>
    public static bool IsNone(ObjectImage image, in ElfRelocation relocation) =>
        relocation.Type == NoRelocation || (relocation.Type == NoRelocationOfAArch64 && image.Layout.Machine == ElfMachine.AArch64);

    /// <summary>The places of jumps that objtool overwrites (tools/objtool/check.c, handle_jump_alt), as the made object lists them.</summary>
    /// <remarks>The entries of <c>__jump_table</c>, tools/objtool/arch/x86/include/arch/special.h; the key's second bit asks for it.</remarks>
    /// <returns>Sorted offsets by section.</returns>
    public static Dictionary<int, SortedSet<ulong>> JumpLabels(ObjectImage made)
    {
        var places = new Dictionary<int, SortedSet<ulong>>();
        if (made.Layout.Machine != ElfMachine.X64 || Array.Find(made.Sections, s => s?.Name == "__jump_table") is not { } table)
        {
            return places;
        }

        foreach (ref readonly var relocation in table.Relocations.AsSpan())
        {
            var entry = relocation.Offset;
            if (entry % JumpEntrySize == 0
                && table.RelocationsIn(entry + 8, entry + 9) is [var key]
                && (key.Addend & 2) != 0
                && made.Symbols[relocation.Symbol] is { IsDefined: true, Row.Section: var section, Row.Value: var value })
            {
                if (!places.TryGetValue(section, out var offsets))
                {
                    places[section] = offsets = [];
                }

                offsets.Add(unchecked(value + (ulong)relocation.Addend));
            }
        }

        return places;
    }

    /// <summary>Where a region of code was overwritten: offset in it and length.</summary>
    public static List<(ulong Offset, ulong Length)> Find(ObjectImage made, ObjectImage shipped, in Region region, Dictionary<int, SortedSet<ulong>> jumpLabels)
    {
        var found = new List<(ulong, ulong)>();
        foreach (ref readonly var none in region.Shipped.RelocationsIn(region.ShippedStart, region.ShippedEnd))
        {
            if (IsNone(shipped, none) && CallAt(made, shipped, region, none) is { } call)
            {
                found.Add(call);
            }
        }

        if (region.Length > 0 && jumpLabels.TryGetValue(region.Recompiled.Index, out var labels))
        {
            foreach (var label in labels.GetViewBetween(region.RecompiledStart, region.RecompiledEnd - 1))
            {
                if (JumpAt(region, label - region.RecompiledStart) is > 0 and var length)
                {
                    found.Add((label - region.RecompiledStart, length));
                }
            }
        }

        found.Sort();
        return found;
    }

    private static (ulong Offset, ulong Length)? CallAt(ObjectImage made, ObjectImage shipped, in Region region, in ElfRelocation none)
    {
        var field = none.Offset - region.ShippedStart;
        if (region.Recompiled.RelocationsIn(region.RecompiledStart + field, region.RecompiledStart + field + 1) is not [var relocation])
        {
            return null;
        }

        var callee = made.Symbols[relocation.Symbol].Name;
        if (callee.Length == 0 || callee != shipped.Symbols[none.Symbol].Name)
        {
            return null;
        }

        foreach (var form in s_calls)
        {
            var start = field - (ulong)form.BeforeField;
            var length = (ulong)form.Replacement.Length;
            var opcode = form.Machine == ElfMachine.AArch64 ? start + 3 : start;
            if (form.Machine == made.Layout.Machine
                && start <= field
                && length <= region.Length - Math.Min(start, region.Length)
                && form.IsCallee(callee)
                && (!form.IsOnlyWithoutInstrumentation || IsWithoutInstrumentation(region.Recompiled.Name))
                && region.RecompiledBytes[(int)opcode] == form.Original
                && region.ShippedBytes.Slice((int)start, (int)length).SequenceEqual(form.Replacement))
            {
                return (start, length);
            }
        }

        return null;
    }

    private static ulong JumpAt(in Region region, ulong offset)
    {
        var made = region.RecompiledBytes[(int)offset..];
        var shipped = region.ShippedBytes[(int)offset..];
        return made switch
        {
            [0xeb, _, ..] when shipped.StartsWith(s_nop2) => 2,
            [0xe9, _, _, _, _, ..] when shipped.StartsWith(s_nop5) => 5,
            _ => 0,
        };
    }

    private static bool IsEntryCall(string name) => name is "__fentry__" or "mcount" or "_mcount";

    // tools/objtool/check.c, is_profiling_func.
    private static bool IsProfilingCall(string name) =>
        name.StartsWith("__sanitizer_cov_", StringComparison.Ordinal)
        || name.StartsWith("__tsan_func_", StringComparison.Ordinal)
        || name == "__tsan_atomic_signal_fence";

    // tools/objtool/check.c, decode_instructions: sec->noinstr.
    private static bool IsWithoutInstrumentation(string section) =>
        section is ".noinstr.text" or ".entry.text" || section.StartsWith(".text..__x86.", StringComparison.Ordinal);
}
