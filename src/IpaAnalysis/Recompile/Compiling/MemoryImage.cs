namespace IpaAnalysis.Recompile.Compiling;

/// <summary>
/// Tells whether a preprocessed text makes the compiler go on with a memory image: <c>#pragma GCC pch_preprocess "FILE"</c> maps the file
/// into <c>cc1</c> (gcc/c-family/c-pch.cc, <c>c_common_pch_pragma</c>).
/// </summary>
internal static class MemoryImage
{
    /// <summary>Whether the word is there: in preprocessed text GCC puts no identifier together, and what is in a comment or literal may as well be refused.</summary>
    public static bool IsIn(ReadOnlySpan<byte> text) => text.IndexOf("pch_preprocess"u8) >= 0;
}
