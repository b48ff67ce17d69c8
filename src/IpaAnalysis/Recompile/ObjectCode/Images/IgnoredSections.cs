namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>Sections that say nothing of what the code does, or that a tool of the kernel's build adds to a compiled object.</summary>
internal static class IgnoredSections
{
    // elf_create_section in tools/objtool/check.c and orc_gen.c of Linux 6.1 (the last three are of later kernels);
    // scripts/recordmcount.h adds __mcount_loc, which GCC writes as well (-mrecord-mcount).
    private static readonly string[] s_addedByKernelTools =
    [
        "__mcount_loc", ".static_call_sites", ".retpoline_sites", ".return_sites", ".ibt_endbr_seal", ".orc_unwind", ".orc_unwind_ip",
        ".orc_header", ".call_sites", ".cfi_sites",
    ];

    /// <summary>Whether a section is not compared.</summary>
    /// <param name="name">Its name.</param>
    public static bool Contains(string name) =>
        Array.IndexOf(s_addedByKernelTools, name) >= 0
        || name.StartsWith(".eh_frame", StringComparison.Ordinal)
        || name.StartsWith(".debug", StringComparison.Ordinal)
        || name.StartsWith(".note", StringComparison.Ordinal)
        || name == ".sframe";
}
