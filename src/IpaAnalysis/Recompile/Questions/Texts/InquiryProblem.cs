namespace IpaAnalysis.Recompile.Questions.Texts;

/// <summary>Why an answer may lack something.</summary>
/// <param name="Cause">The cause and what helps, in words, without absolute paths.</param>
/// <param name="IsLasting">Whether asking again would meet it again: false for whatever rests on a signal, a full disk or a program that did not start.</param>
internal readonly record struct InquiryProblem(string Cause, bool IsLasting);
