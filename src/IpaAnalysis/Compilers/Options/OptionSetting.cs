namespace IpaAnalysis.Compilers.Options;

/// <summary>What a row of <c>gcc -Q --help=…</c> says about an option.</summary>
internal enum OptionSetting
{
    /// <summary>On.</summary>
    Enabled,

    /// <summary>Off.</summary>
    Disabled,

    /// <summary>An option with a value that was not given.</summary>
    Default,

    /// <summary>Accepted, but it does nothing any more.</summary>
    Ignored,

    /// <summary>Not for this language: <c>[available in C++, ObjC++]</c>.</summary>
    Unavailable,

    /// <summary>A value, which may be empty. An alias has the option that it stands for.</summary>
    Value,
}
