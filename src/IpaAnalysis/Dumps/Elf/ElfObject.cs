using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf;

/// <summary>
/// What an object file says about its functions and about how it was compiled. Objects that the compiler or
/// <c>ld -r</c> wrote (kernel modules too) and linked images; 32 and 64-bit; either byte order.
/// </summary>
internal sealed class ElfObject
{
    private readonly ElfStringTable _names;
    private readonly ElfFunction[] _functions;
    private readonly (int Offset, int Length) _sourceFileName;

    internal ElfObject(ElfLayout layout, ElfStringTable names, ElfFunction[] functions, (int Offset, int Length) sourceFileName)
    {
        Layout = layout;
        _names = names;
        _functions = functions;
        _sourceFileName = sourceFileName;
    }

    /// <summary>The processor.</summary>
    public ElfMachine Machine => Layout.Machine;

    /// <summary>The width of addresses.</summary>
    public ElfClass Class => Layout.Encoding.Class;

    /// <summary>Whether numbers are stored most significant byte first.</summary>
    public bool IsBigEndian => Layout.Encoding.IsBigEndian;

    /// <summary>Whether it is still to be linked (<c>ET_REL</c>), as objects and kernel modules are.</summary>
    public bool IsRelocatable => Layout.IsRelocatable;

    /// <summary>Whether there is a symbol table that can be read; without one nothing is known of the functions.</summary>
    public bool HasSymbolTable { get; internal init; }

    /// <summary>Whether the object holds GCC's link-time optimisation sections (<c>.gnu.lto_*</c>).</summary>
    public bool IsLto { get; internal init; }

    /// <summary>
    /// The distinct strings of <c>.comment</c> in their order, such as <c>GCC: (Debian 12.2.0-14) 12.2.0</c>; several
    /// when objects of several compilers were linked, none under <c>-fno-ident</c>.
    /// </summary>
    public ImmutableArray<string> Compilers { get; internal init; } = [];

    /// <summary>The compiled file's name as the compiler recorded it (<c>STT_FILE</c>); empty when there is none or several.</summary>
    public ReadOnlySpan<byte> SourceFileName => _names.Get(_sourceFileName.Offset, _sourceFileName.Length);

    /// <summary>Every defined symbol of type <c>STT_FUNC</c> or <c>STT_GNU_IFUNC</c>, in the order of the symbol table.</summary>
    public ReadOnlySpan<ElfFunction> Functions => _functions;

    internal ElfLayout Layout { get; }

    /// <summary>A function's name, without the NUL; any bytes.</summary>
    /// <param name="function">One of this object's <see cref="Functions"/>.</param>
    public ReadOnlySpan<byte> NameOf(in ElfFunction function) => _names.Get(function.NameOffset, function.NameLength);

    /// <summary>Whether the file holds a function's code, which a copy with symbols only (<c>objcopy --only-keep-debug</c>) does not.</summary>
    /// <param name="function">One of this object's <see cref="Functions"/>.</param>
    public bool HoldsCodeOf(in ElfFunction function) =>
        function.Section > 0
        && function.Section < Layout.Sections.Length
        && Layout.Sections[function.Section] is { IsEmptyInFile: false, Size: > 0 };

    /// <summary>Reads the headers, the symbol table and <c>.comment</c>; nothing else of the file.</summary>
    /// <param name="source">The file's bytes; not needed afterwards.</param>
    /// <param name="file">The path for diagnostics.</param>
    /// <param name="diagnostics">Receives a <see cref="DiagnosticCatalog.ObjectFile"/> for each kind of damage.</param>
    /// <returns>What could be read, or null after a diagnostic when the file is not ELF or its headers are damaged.</returns>
    public static ElfObject? Read(ByteSource source, string file, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        return new ElfObjectReader(source, file, diagnostics).Read();
    }
}
