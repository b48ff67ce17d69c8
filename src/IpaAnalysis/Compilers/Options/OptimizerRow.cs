namespace IpaAnalysis.Compilers.Options;

/// <summary>A row of <c>gcc -Q --help=…</c>.</summary>
/// <param name="Option">The option without its argument's description: <c>-fipa-ra</c>, <c>-flive-patching=</c>.</param>
/// <param name="Setting">What it says.</param>
/// <param name="Value">The text of the value; empty unless <see cref="OptionSetting.Value"/>.</param>
internal readonly record struct OptimizerRow(string Option, OptionSetting Setting, string Value);
