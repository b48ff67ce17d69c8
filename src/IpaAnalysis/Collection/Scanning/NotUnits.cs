using System.Globalization;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>How many files of a tree are no units, by what they are.</summary>
internal sealed record NotUnits
{
    /// <summary>Objects made from objects: <c>ld -r</c>, <c>objcopy</c>, <c>*.a</c>, <c>*.ko</c>, <c>vmlinux</c>.</summary>
    public int Linked { get; init; }

    /// <summary>Objects made from assembler.</summary>
    public int Assembler { get; init; }

    /// <summary>Objects of tools that run on the build machine.</summary>
    public int Host { get; init; }

    /// <summary>Kernel C compiled without the dump option although the rest of the tree has it: boot parts, firmware.</summary>
    public int WithoutOption { get; init; }

    /// <summary>Dumps of C that was compiled to assembly only: <c>asm-offsets</c>, <c>bounds</c>.</summary>
    public int AssemblyOnly { get; init; }

    /// <summary>Dumps of compiles whose object nobody kept: checks of configure scripts, what was compiled and linked in one command.</summary>
    public int WithoutObject { get; init; }

    /// <summary>Objects whose functions are all those of other objects: copies, what <c>ld -r</c> joined.</summary>
    public int Copies { get; init; }

    /// <summary>Objects with neither a C command nor a dump that were not compiled from C, or hold no code.</summary>
    public int Unknown { get; init; }

    /// <summary>The counts that are not zero, such as <c>3 linked, 2 host tools</c>.</summary>
    public string Describe()
    {
        (int Count, string What)[] counts =
        [
            (Linked, "linked"),
            (Assembler, "assembler"),
            (Host, "host tools"),
            (WithoutOption, "built without the dump option"),
            (AssemblyOnly, "compiled to assembly only"),
            (WithoutObject, "without object"),
            (Copies, "copies"),
            (Unknown, "without command and dump"),
        ];
        return string.Join(", ", counts.Where(static c => c.Count > 0).Select(static c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.What}")));
    }
}
