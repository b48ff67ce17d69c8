namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>
/// Memory-resident sections that list places in code without making them callable: for unwinding, tracing, patching
/// at run time, recovery from faults, or modpost. A function that is named only there has no address taken.
/// </summary>
internal static class CodePlaceSections
{
    /// <summary>Whether a section is such a list; instructions are never in one.</summary>
    public static bool Contains(ReadOnlySpan<byte> name) => IsUnwinding(name) || IsTracing(name) || IsPatching(name) || IsKernelList(name);

    private static bool IsUnwinding(ReadOnlySpan<byte> name) =>
        name.StartsWith(".eh_frame"u8)
        || name.StartsWith(".gcc_except_table"u8)
        || name.StartsWith(".debug"u8)
        || name.StartsWith(".orc_"u8)
        || name.StartsWith(".ARM.ex"u8) // exidx, extab
        || name.SequenceEqual(".sframe"u8)
        || name.SequenceEqual(".stack_sizes"u8);

    private static bool IsTracing(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("__mcount_loc"u8)
        || name.SequenceEqual("__patchable_function_entries"u8)
        || name.SequenceEqual("__jump_table"u8)
        || name.SequenceEqual(".static_call_sites"u8)
        || name.SequenceEqual("_kprobe_blacklist"u8)
        || name.SequenceEqual("_error_injection_whitelist"u8)
        || name.StartsWith("xray_"u8);

    private static bool IsPatching(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(".altinstructions"u8)
        || name.SequenceEqual(".alternative"u8) // RISC-V
        || name.SequenceEqual(".parainstructions"u8)
        || name.SequenceEqual(".smp_locks"u8)
        || name.SequenceEqual(".alt.smp.init"u8) // ARM
        || name.SequenceEqual(".pv_table"u8) // ARM
        || name.SequenceEqual(".retpoline_sites"u8)
        || name.SequenceEqual(".return_sites"u8)
        || name.SequenceEqual(".call_sites"u8)
        || name.SequenceEqual(".ibt_endbr_seal"u8)
        || name.SequenceEqual(".cfi_sites"u8)
        || name.SequenceEqual(".kcfi_traps"u8)
        || name.StartsWith(".s390_indirect"u8)
        || name.StartsWith(".s390_return"u8)
        || name.StartsWith(".nospec_"u8) // s390
        || (name.StartsWith("__"u8) && name.EndsWith("_fixup"u8)); // PowerPC: __ftr_fixup and a dozen more

    private static bool IsKernelList(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("__bug_table"u8)
        || name.SequenceEqual("__ex_table"u8)
        || name.StartsWith("__ksymtab"u8)
        || name.StartsWith("___ksymtab"u8)
        || name.SequenceEqual(".export_symbol"u8) // Linux 6.4 and later: read and dropped by modpost
        || name.StartsWith(".discard"u8)
        || name.SequenceEqual(".opd"u8); // ppc64 ELFv1: the descriptors are the functions
}
