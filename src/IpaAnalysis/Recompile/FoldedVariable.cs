using System.Collections.Immutable;

namespace IpaAnalysis.Recompile;

/// <summary>
/// A static variable that the patched function mentions and that no code of the unit writes, or reads: its value was put in
/// place of reads, or writes to it were dropped. A patch that adds the first write, or read, must replace those functions too.
/// </summary>
/// <param name="Object">The object's name in the manifest.</param>
/// <param name="Variable">The variable's name in the source.</param>
/// <param name="Readers">Symbols whose reads were replaced, sorted by their UTF-8 bytes.</param>
/// <param name="Writers">Symbols whose writes were dropped, sorted by their UTF-8 bytes.</param>
internal sealed record FoldedVariable(string Object, string Variable, ImmutableArray<string> Readers, ImmutableArray<string> Writers);
