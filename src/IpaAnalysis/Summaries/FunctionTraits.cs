namespace IpaAnalysis.Summaries;

/// <summary>What an object's files say of one function.</summary>
[Flags]
internal enum FunctionTraits : ushort
{
    /// <summary>Only called here.</summary>
    None = 0,

    /// <summary>The unit holds its body: a dump, the call graph or the symbol table defines it.</summary>
    HasBody = 1,

    /// <summary>The symbol table defines it: it has code of its own.</summary>
    Emitted = 2,

    /// <summary>Its symbol is local to the object.</summary>
    Local = 4,

    /// <summary>The compiler made it as a copy under a symbol of its own.</summary>
    Clone = 8,

    /// <summary>Its address is stored or computed by something else than a call.</summary>
    AddressTaken = 16,

    /// <summary>
    /// The object holds its code, but cannot tell whether its address is taken: it is linked, damaged, or of a processor
    /// whose relocations are not known. Of a copy without code nothing is said.
    /// </summary>
    AddressUnknown = 32,
}
