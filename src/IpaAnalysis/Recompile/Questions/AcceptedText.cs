using System.Collections.Immutable;
using IpaAnalysis.Recompile.Assembly.Units;
using IpaAnalysis.Recompile.Questions.Texts;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>A text that compiles with a body hidden, made from one that does not.</summary>
/// <param name="Text">The text; as it is it compiles to the code of the original, but for the functions that need the body.</param>
/// <param name="Opaque">The attributes that hide the body and the functions that need it.</param>
/// <param name="Variant">What it compiles to with them.</param>
/// <param name="Needing">The functions that do not compile without the body, whose own bodies were taken out.</param>
/// <param name="Message">What the compiler said of the original.</param>
internal sealed record AcceptedText(UnitText Text, IReadOnlyList<Mark> Opaque, AssemblyUnit Variant, ImmutableArray<Definition> Needing, string Message);
