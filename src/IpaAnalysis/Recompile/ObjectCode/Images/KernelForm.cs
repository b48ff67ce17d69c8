using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>One way in which a tool of the kernel's build overwrites a call in a compiled object.</summary>
/// <param name="Machine">The processor.</param>
/// <param name="IsCallee">Whether the function of that name is called.</param>
/// <param name="BeforeField">How many bytes of the instruction stand before its relocation.</param>
/// <param name="Original">Its first byte, or its opcode's last byte on AArch64, whose instructions are little-endian.</param>
/// <param name="Replacement">The bytes that the tool writes instead.</param>
/// <param name="IsOnlyWithoutInstrumentation">Whether only in sections that must not be instrumented.</param>
internal sealed record KernelForm(
    ElfMachine Machine, Func<string, bool> IsCallee, int BeforeField, byte Original, byte[] Replacement, bool IsOnlyWithoutInstrumentation = false);
