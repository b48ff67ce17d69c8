using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries;

/// <summary>One function of an object, keyed by its symbol. Names are indices into the object's <see cref="NamePool"/>.</summary>
/// <param name="Symbol">The assembler symbol, without the leading <c>*</c> of GCC's dumps.</param>
/// <param name="Name">The source-level name; the symbol where nothing tells another.</param>
/// <param name="File">The file of its declaration as GCC was given it; -1 when unknown.</param>
/// <param name="Line">1-based line of its declaration, 0 when unknown.</param>
/// <param name="Column">1-based column of its declaration, 0 when unknown.</param>
/// <param name="Order">GCC's <c>symtab_node::order</c> where the dump first names it; -1 when no dump does.</param>
/// <param name="AliasOf">Index of the function whose body the source gives this one by an alias; -1 when it is none.</param>
/// <param name="Traits">What is known of it.</param>
internal readonly record struct FunctionEntry(
    int Symbol,
    int Name,
    int File,
    int Line,
    int Column,
    int Order,
    int AliasOf,
    FunctionTraits Traits);
