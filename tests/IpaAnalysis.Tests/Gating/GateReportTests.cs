using System.Collections.Immutable;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Gating;

/// <summary>Diagnostics of violations: few, each with place, cause and remedy.</summary>
internal sealed class GateReportTests
{
    private static readonly RecommendedFlags s_flags = new("-flive-patching=inline-clone", true);

    [Test]
    public void A_copy_is_told_with_function_object_evidence_effect_and_remedy()
    {
        var diagnostic = Write([Copy("isra", "a.o", "f", 7)]).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(diagnostic.Message, Is.EqualTo(
                "'f' was copied by isra in a.o (a.c.000i.ipa-clones:3: f -> f.isra.0 isra). "
                + "Add -flive-patching=inline-clone to the compiler's flags (IpaCompilerFlags, KCFLAGS for kbuild), or accept it with an IpaGateException."));
            Assert.That((diagnostic.File, diagnostic.Line, diagnostic.Column), Is.EqualTo(("/src/a.c", 7, 2)));
            Assert.That(diagnostic.Descriptor, Is.EqualTo(DiagnosticCatalog.ForbiddenCopy));
        }
    }

    [Test]
    public void An_option_is_told_as_gcc_spells_it_and_with_what_relies_on_it()
    {
        var message = Write([Copy("ipa-sra", "a.o", "f", 7)]).Single().Message;
        Assert.That(message, Does.StartWith("'f' was copied by -fipa-sra in a.o (").And.Contain("), so " + IpaPasses.Find("ipa-sra")!.Effect + ". Add "));
    }

    [Test]
    public void Other_traces_have_words_of_their_own()
    {
        var folded = Copy("ipa-icf", "a.o", "f", 7) with { Descriptor = DiagnosticCatalog.ForbiddenFolding };
        var inlined = Copy("inline", "a.o", "f", 7) with { Descriptor = DiagnosticCatalog.ExternalInlined };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Write([folded]).Single().Message, Does.StartWith("'f' was folded into another in a.o ("));
            Assert.That(Write([inlined]).Single().Message, Does.StartWith("'f' has external linkage and was inlined in a.o ("));
        }
    }

    [TestCase(1, "a0.o")]
    [TestCase(2, "2 objects (a0.o, a1.o)")]
    [TestCase(5, "5 objects (a0.o, a1.o, a2.o, a3.o, a4.o)")]
    [TestCase(6, "6 objects (such as a0.o, a1.o, a2.o, a3.o, a4.o)")]
    [TestCase(27000, "27000 objects (such as a0.o, a1.o, a2.o, a3.o, a4.o)")]
    public void A_pass_without_trace_is_one_diagnostic_with_up_to_five_examples(int count, string objects)
    {
        var diagnostic = Write([Enabled("ipa-ra", "GCC 12.2.0 -O2", [.. Enumerable.Range(0, count).Select(i => $"a{i}.o")])]).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(diagnostic.Message, Is.EqualTo(
                $"-fipa-ra was enabled (GCC 12.2.0 -O2) for {objects}, so {IpaPasses.Find("ipa-ra")!.Effect}. "
                + "Add -flive-patching=inline-clone to the compiler's flags (IpaCompilerFlags, KCFLAGS for kbuild), or accept it with an IpaGateException."));
            Assert.That(diagnostic.File, Is.Null);
        }
    }

    [Test]
    public void Sets_of_options_and_reasons_are_one_diagnostic_for_each_pass_and_severity()
    {
        var messages = Write(
        [
            Enabled("ipa-ra", "GCC 11.3.0 -O2", "a.o", "b.o"),
            Enabled("ipa-ra", "GCC 12.2.0 -O2", "c.o"),
            Enabled("ipa-ra", "GCC 12.2.0 -O3", "d.o"),
            Enabled("ipa-vrp", "GCC 12.2.0 -O3", "d.o"),
            Enabled("ipa-vrp", "GCC 12.2.0 -O3", "e.o") with { Severity = DiagnosticSeverity.Error },
        ]).Select(d => (d.Severity, d.Message[..d.Message.IndexOf(", so", StringComparison.Ordinal)]));
        Assert.That(messages, Is.EqualTo(
        [
            (DiagnosticSeverity.Warning, "-fipa-ra was enabled (GCC 11.3.0 -O2 and 2 more sets of options) for 4 objects (a.o, b.o, c.o, d.o)"),
            (DiagnosticSeverity.Warning, "-fipa-vrp was enabled (GCC 12.2.0 -O3) for d.o"),
            (DiagnosticSeverity.Error, "-fipa-vrp was enabled (GCC 12.2.0 -O3) for e.o"),
        ]));
    }

    [TestCase(3, 3, null)]
    [TestCase(4, 3, 1)]
    [TestCase(25, 20, 5)]
    [TestCase(4, 0, 4)]
    public void The_rest_of_a_flood_is_counted(int violations, int maximum, int? rest)
    {
        Violation[] all =
        [
            .. Enumerable.Range(0, violations).Select(i => Copy("isra", $"{i}.o", "f", i + 1)),
            Copy("part", "a.o", "g", 1),
        ];
        var diagnostics = Write(all, maximum);
        var isra = diagnostics.Where(d => d.Message.Contains("isra", StringComparison.Ordinal)).ToArray();
        var last = isra[^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isra.Count(d => d.File is not null), Is.EqualTo(Math.Min(violations, maximum)));
            Assert.That(isra, Has.Length.EqualTo(Math.Min(violations, maximum) + (rest is null ? 0 : 1)));
            Assert.That(isra.Select(d => d.Code), Is.All.EqualTo("IPA5001"));
            Assert.That(isra.Select(d => d.Severity), Is.All.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(diagnostics[^1].Message, maximum > 0 ? Does.StartWith("'g' was copied by part") : Does.StartWith("part: 1 more"), "each pass has a limit of its own");
            if (rest is not null)
            {
                Assert.That(last.Message, Does.StartWith($"isra: {rest} more violations").And.Contain("manifest").And.Contain("IpaMaxDiagnosticsPerPass"));
                Assert.That(last.File, Is.Null);
            }
        }
    }

    [Test]
    public void Unknown_options_are_told_for_each_cause_with_the_remedy_of_the_cause()
    {
        var unknown = Enabled("ipa-ra", "The compiler 'gcc-9' is not there.", "a.o", "b.o") with { Descriptor = DiagnosticCatalog.OptionsUnknown, Pass = null };
        var diagnostics = Write([unknown, unknown with { Evidence = "Nothing records them.", Objects = ["c.o"] }, unknown with { Evidence = "x" }], maximum: 2);
        Assert.That(diagnostics.Select(d => (d.Code, d.Message)), Is.EqualTo(
        [
            ("IPA5005", "Which passes shaped 2 objects (a.o, b.o) is unknown: The compiler 'gcc-9' is not there."),
            ("IPA5005", "Which passes shaped c.o is unknown: Nothing records them."),
            ("IPA5005", "The options of an object are unknown: 1 more violations like the 2 reported; the manifest lists them all. IpaMaxDiagnosticsPerPass sets how many are reported."),
        ]));
    }

    [TestCase("isra", "", ". Compile with -fno-ipa-sra if that is not done yet, change the source, or accept it with an IpaGateException.")]
    [TestCase("constprop", "", ". Compile with -fno-ipa-cp -fno-ipa-cp-clone if that is not done yet, change the source, or accept it with an IpaGateException.")]
    [TestCase("simdclone", "", ". No flags of this compiler can prevent it: change the source, or accept it with an IpaGateException.")]
    [TestCase("simdclone", "-flive-patching=inline-clone", ". No flags of this compiler can prevent it: change the source, or accept it with an IpaGateException.")]
    public void Where_flags_do_not_help_they_are_not_the_remedy(string pass, string flags, string remedy) =>
        Assert.That(GateReport.Write([Copy(pass, "a.o", "f", 7)], new RecommendedFlags(flags, true), 20).Single().Message, Does.EndWith(remedy));

    [Test]
    public void What_is_always_inlined_is_a_matter_of_the_source() => Assert.That(
        GateReport.Write([Copy("inline", "a.o", "f", 7) with { Descriptor = DiagnosticCatalog.ExternalInlined }], new RecommendedFlags("", true), 20).Single().Message,
        Does.EndWith(". No flags of this compiler can prevent it: change the source, or accept it with an IpaGateException."));

    private static ImmutableArray<Diagnostic> Write(IReadOnlyList<Violation> violations, int maximum = 20) => GateReport.Write(violations, s_flags, maximum);

    private static Violation Copy(string pass, string @object, string function, int line) => new()
    {
        Descriptor = DiagnosticCatalog.ForbiddenCopy,
        Pass = pass,
        Severity = DiagnosticSeverity.Warning,
        Object = @object,
        Function = function,
        SourceFile = "a.c",
        SourcePath = "/src/a.c",
        Line = line,
        Column = 2,
        Evidence = $"a.c.000i.ipa-clones:3: {function} -> {function}.{pass}.0 {pass}",
        Objects = [@object],
        Status = ViolationStatus.Counts,
    };

    private static Violation Enabled(string pass, string evidence, params string[] objects) => new()
    {
        Descriptor = DiagnosticCatalog.ForbiddenPassEnabled,
        Pass = pass,
        Severity = DiagnosticSeverity.Warning,
        Evidence = evidence,
        Objects = [.. objects],
        Status = ViolationStatus.Counts,
    };
}
