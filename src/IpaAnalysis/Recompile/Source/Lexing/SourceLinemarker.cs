namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>A linemarker, <c># 12 "file" 1 3</c> or <c>#line 12 "file"</c>; see The C Preprocessor, Preprocessor Output.</summary>
/// <param name="Next">Byte offset of the line after it.</param>
/// <param name="Line">The number that this line has.</param>
/// <param name="FileStart">Byte offset of the file's quoted name; equal to <paramref name="FileEnd"/> if it names none and the file stays.</param>
/// <param name="FileEnd">Byte offset after that name.</param>
internal readonly record struct SourceLinemarker(int Next, int Line, int FileStart, int FileEnd);
