using IpaAnalysis.CommandLines;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;

namespace IpaAnalysis.Tests.Gating;

/// <summary>Judges units with the compilers of this machine.</summary>
internal static class GateBench
{
    /// <summary>A policy as a project would write it; fails the test if it cannot be understood.</summary>
    /// <param name="name">The policy.</param>
    /// <param name="forbidden">Items, each <c>PASS</c> or <c>PASS=SEVERITY</c>.</param>
    public static GatePolicy Policy(string name, params string[] forbidden) => Read(new GateSettings
    {
        Policy = name,
        ForbiddenPasses = [.. forbidden.Select(f => f.Split('=')).Select(f => new ForbiddenPassSetting(f[0], f.Length > 1 ? f[1] : null, null))],
    });

    public static GatePolicy Read(GateSettings settings)
    {
        var diagnostics = new DiagnosticBag();
        var policy = GatePolicyReader.Read(settings, diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return policy;
    }

    /// <summary>The policy with one more exception, in any function, object and file unless said.</summary>
    public static GatePolicy Except(
        this GatePolicy policy, string pass, string? @object = null, string? function = null, string? sourceFile = null) => policy with
    {
        Exceptions = [.. policy.Exceptions, .. Read(new GateSettings { Exceptions = [new(pass, "known", @object, function, sourceFile)] }).Exceptions],
    };

    /// <summary>Judges as where no function is patched.</summary>
    public static GateResult Judge(this CompiledUnits units, GatePolicy policy) => units.Judge(policy, null);

    public static GateResult Judge(this CompiledUnits units, GatePolicy policy, IReadOnlySet<string>? inexact) => GateJudge.Judge(
        policy,
        [.. units.Units.Select(GateUnit.Of)],
        new SummaryList([.. units.Units.Select(SummaryReader.Read)]),
        Expander(),
        inexact,
        CancellationToken.None);

    /// <summary>Says how the last unit was compiled, as its build would have recorded it.</summary>
    public static CompiledUnits Recorded(this CompiledUnits units, string compiler, params string[] flags) => units.With(u => u with
    {
        Options = new RecordedOptions { Compiler = compiler, Flags = [.. flags], Origin = OptionOrigin.Kbuild, WorkingDirectory = u.WorkingDirectory },
    });

    /// <summary>A violation in few words: <c>CODE pass object function</c>, or the names of all objects.</summary>
    public static string Row(Violation violation) => violation.IsAggregate
        ? $"{violation.Descriptor.Code} {violation.Pass} {string.Join(',', violation.Objects)}"
        : $"{violation.Descriptor.Code} {violation.Pass} {violation.Object} {violation.Function}";

    public static string[] Rows(this GateResult result) => [.. result.Violations.Select(Row)];

    public static OptionExpander Expander() => new(new OptionExpanderSettings
    {
        DefaultCompiler = "gcc",
        Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" },
        BaseDirectory = "/",
    });
}
