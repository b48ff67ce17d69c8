namespace IpaAnalysis.Recompile;

/// <summary>
/// A function that the patched one calls and whose code fits only the calls of its own unit: a patch must not call it by its
/// symbol but carry its own copy.
/// </summary>
/// <param name="Object">The object's name in the manifest.</param>
/// <param name="Symbol">The symbol in the object.</param>
/// <param name="Function">The function's name in the source.</param>
/// <param name="Why">What the code relies on, in words.</param>
/// <param name="Pass">The pass that made it so, as the manifest names it.</param>
internal sealed record UnsafeCallee(string Object, string Symbol, string Function, string Why, string Pass);
