namespace IpaAnalysis.CommandLines.Options;

/// <summary>What an option does, as far as it matters for running a compile again.</summary>
internal enum OptionEffect
{
    /// <summary>Nobody has judged it: it is never run for an untrusted tree.</summary>
    Unknown,

    /// <summary>Decides what code comes out.</summary>
    Code,

    /// <summary>Decides what text is compiled: macros, include directories, the language's standard.</summary>
    Text,

    /// <summary>Names a warning. It is kept: since GCC 14 some switch an error off.</summary>
    Warning,

    /// <summary>Shapes or adds what people read: messages, reports, comments, line markers.</summary>
    Messages,

    /// <summary>Writes more files, or names one to write.</summary>
    Writes,

    /// <summary>Says how the input is read.</summary>
    Input,

    /// <summary>Decides what is made, and where.</summary>
    Output,

    /// <summary>Makes GCC load or run what it names: a plugin, a spec file, other programs.</summary>
    Loads,

    /// <summary>Makes GCC read a recorded profile.</summary>
    Profile,

    /// <summary>Concerns the linker only.</summary>
    Link,

    /// <summary>Hands its value on to the preprocessor, the assembler or the linker.</summary>
    Parts,

    /// <summary>Says that the source is preprocessed, or may name a memory image that the compiler maps.</summary>
    Preprocessed,

    /// <summary>Is accepted and does nothing.</summary>
    Nothing,

    /// <summary>Is of another language: GCC passes over it when it compiles C.</summary>
    OtherLanguage,
}
