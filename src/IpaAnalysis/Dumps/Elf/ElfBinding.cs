namespace IpaAnalysis.Dumps.Elf;

/// <summary>Who sees a symbol (<c>STB_*</c>).</summary>
internal enum ElfBinding
{
    /// <summary>Only this object.</summary>
    Local,

    /// <summary>Every object; also <c>STB_GNU_UNIQUE</c>.</summary>
    Global,

    /// <summary>Every object, and another definition goes before it.</summary>
    Weak,
}
