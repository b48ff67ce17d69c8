namespace IpaAnalysis.Archives;

/// <summary>An archive cannot be used; the message is the cause as the middle of a sentence.</summary>
internal sealed class ArchiveException(string cause, Exception? inner = null) : Exception(cause, inner);
