namespace IpaAnalysis.CommandLines;

/// <summary>What a recorded command does, as far as it matters for finding compile units.</summary>
internal enum CommandKind
{
    /// <summary>Nothing below: another language, a generator, a shell construct.</summary>
    Other,

    /// <summary>Compiles C (<c>.c</c>, preprocessed <c>.i</c> or <c>-x c</c>) to an object for the target.</summary>
    CCompile,

    /// <summary>Assembles <c>.S</c> or <c>.s</c>.</summary>
    Assembler,

    /// <summary>Compiles C with <c>-S</c>, as kbuild does to compute <c>asm-offsets.h</c> and <c>bounds.h</c>.</summary>
    AssemblyOnly,

    /// <summary>Makes an object or archive from objects: <c>ld -r</c>, <c>ar</c>, <c>objcopy</c>.</summary>
    Link,

    /// <summary>A C compile in a kbuild tree for the build machine.</summary>
    Host,
}
