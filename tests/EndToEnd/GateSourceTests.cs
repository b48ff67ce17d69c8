using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>The gate on sources that the package compiles: what is forbidden, how it is reported, what is accepted.</summary>
internal sealed class GateSourceTests : PackageTest
{
    private const string Kinds = """
        #include "pair.h"
        int external(int);
        static __attribute__((noinline)) int scaled(int v, int s) { return external(v) * s + external(s); }
        int use_scaled(int v) { return scaled(v, 12) + scaled(v + 1, 12); }
        static __attribute__((noinline)) int first_of(struct pair *p) { return external(p->first); }
        int use_first_of(struct pair *p) { return first_of(p) + first_of(p + 1); }
        static int guarded(int v)
        {
            if (v < 0) return 0;
            for (int i = 0; i < v; i++) v += external(i) * external(v) + external(v + i) - external(i * v);
            return v;
        }
        int use_guarded(int v) { return guarded(v); }
        int use_guarded_too(int v) { return guarded(v + 1) * guarded(v - 5); }
        int use_header(struct pair *p) { return sum_of(p) * 2; }
        #pragma omp declare simd
        int lane(int v) { return v * 3 + 1; }
        static __attribute__((noinline)) int kept(int v) { return external(v) + 1000; }
        static __attribute__((noinline)) int same(int v) { return external(v) + 1000; }
        int use_same(int v) { return kept(v) + same(v) * 3; }

        """;

    private const string Header = """
        struct pair { int first, second, unused[6]; };

        static inline int sum_of(struct pair *p) { return p->first + p->second; }

        """;

    private const string Items = """
        <IpaSource Include="src/*.c" />
        <IpaForbiddenPass Include="$(Pass)" Severity="$(PassSeverity)" Justification="$(PassJustification)" />
        <IpaForbiddenPass Include="$(OtherPass)" />
        <IpaGateException Include="$(Exception)" Justification="$(Why)" Object="$(ExceptObject)" Function="$(ExceptFunction)" SourceFile="$(ExceptSource)" />
        """;

    private static readonly string[] s_severities = ["Error", "Warning", "Info"];

    /// <summary>Where each pass is reported in kinds.c; folding where GCC reports it.</summary>
    private static readonly (string Pass, string[] Places)[] s_places =
    [
        ("constprop", ["kinds.c:3:38"]),
        ("-fipa-sra", ["kinds.c:5:38"]),
        ("part", ["kinds.c:7:12"]),
        ("simdclone", ["kinds.c:17:5"]),
        ("inline", ["kinds.c:7:12", "pair.h:3:19"]),
        ("ipa-icf", ["kinds.c:18:38"]),
    ];

    [Test]
    public void Each_trace_is_found_alone_and_reported_with_its_severity_in_every_build()
    {
        Tools.Require("gcc");
        var project = NewKinds();
        var objects = FileSnapshot.Take(project.Path("obj", "Debug", "net10.0", "ipa", "objects"));
        Variant Of(string pass, string severity, string suffix, params string[] more) =>
            new($"{pass}-{severity}{suffix}", [$"Pass={pass}", $"PassSeverity={severity}", .. more]);
        var builds = project.BuildVariants(
        [
            .. s_places.SelectMany(p => s_severities.SelectMany(s => (Variant[])[Of(p.Pass, s, ""), Of(p.Pass, s, "-again")])),
            Of("part", "Warning", "-hidden", "NoWarn=IPA5001"),
            Of("part", "Error", "-hidden", "NoWarn=IPA5001"),
            Of("part", "Warning", "-promoted", "WarningsAsErrors=IPA5001"),
            Of("part", "Warning", "-all-promoted", "MSBuildTreatWarningsAsErrors=true"),
        ]);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (pass, places) in s_places)
            {
                foreach (var severity in s_severities)
                {
                    var name = $"{pass}-{severity}";
                    var (first, again) = (builds[name], builds[name + "-again"]);
                    Assert.That((first.Succeeded, first.Gate.Verdict), Is.EqualTo(severity == "Error" ? (false, "failed") : (true, "passed")), name);
                    Assert.That(first.Gate.Violations.Select(v => v.Severity), Is.All.EqualTo(severity.ToLowerInvariant()).And.Not.Empty, name);
                    Assert.That(Places(first.Log.Errors), Is.EqualTo(severity == "Error" ? places : []), name);
                    Assert.That(Places(first.Log.Warnings), Is.EqualTo(severity == "Warning" ? places : []), name);
                    Assert.That(first.Log.Messages.Count(m => m.Contains("accept it with an IpaGateException", StringComparison.Ordinal)), Is.EqualTo(severity == "Info" ? places.Length : 0), name);
                    Assert.That((again.Succeeded, again.Gate.Verdict), Is.EqualTo((first.Succeeded, first.Gate.Verdict)), name);
                    Assert.That(again.Log.Diagnostics, Is.EqualTo(first.Log.Diagnostics), name);
                    Assert.That(again.Log.Messages, Has.Some.Contains("the last result is repeated"), name);
                }
            }

            Assert.That(builds.Values.SelectMany(b => b.Log.Messages), Has.None.Contains(" was read: "), "another gate needs no dump");
            Assert.That(objects.Differences(FileSnapshot.Take(project.Path("obj", "Debug", "net10.0", "ipa", "objects"))), Is.Empty, "and compiles nothing");

            Assert.That(builds["constprop-Error"].Gate.Violations[0].Evidence, Does.Match(@"^kinds\.c\.\d+i\.ipa-clones:\d+: scaled -> scaled\.constprop\.0 constprop$"));
            Assert.That(Outcome(builds["part-Warning-hidden"]), Is.EqualTo((true, "passed", 0, 0)));
            Assert.That(Outcome(builds["part-Error-hidden"]), Is.EqualTo((false, "failed", 1, 0)), "an error cannot be hidden");
            Assert.That(Outcome(builds["part-Warning-promoted"]), Is.EqualTo((false, "passed", 1, 0)), "MSBuild fails, the verdict stays");
            Assert.That(Outcome(builds["part-Warning-all-promoted"]), Is.EqualTo((false, "passed", 1, 0)));
        }

        var recompiled = project.Build("-p:Pass=constprop", "-p:IpaCompilerFlags=-O2 -fno-ipa-cp").MustSucceed();
        var failed = project.Build("-p:Pass=constprop");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(objects.Differences(FileSnapshot.Take(project.Path("obj", "Debug", "net10.0", "ipa", "objects"))), Is.Not.Empty);
            Assert.That(recompiled.Codes, Is.Empty, "other flags compile again, without the clone");
            Assert.That(failed.ExitCode, Is.Not.Zero);
            Assert.That(failed.MustFailWith("IPA5001").Line, Is.EqualTo(3));
            Assert.That(Manifests.Manifest.Load(failed.ManifestPath).Gate.Verdict, Is.EqualTo("failed"), "the manifest is there all the same");
        }
    }

    [Test]
    public void Exceptions_accept_what_they_match_and_settings_are_checked()
    {
        Tools.Require("gcc");
        var project = NewKinds();
        Variant Of(string name, params string[] more) => new(name, ["Pass=inline", "Why=known", .. more]);
        var builds = project.BuildVariants(
            Of("all", "Exception=inline"),
            Of("object", "Exception=inline", "ExceptObject=src/kinds.o"),
            Of("function", "Exception=inline", "ExceptFunction=guarded"),
            Of("file", "Exception=-finline", "ExceptSource=pair.h"),
            Of("unused", "Exception=isra"),
            Of("unjustified", "Exception=inline", "Why="),
            Of("unknown", "Exception=inlin", "Pass=constpro", "PassSeverity=Fatal", "IpaGateSeverity=High", "IpaPassPolicy=strict", "IpaMaxDiagnosticsPerPass=-1"),
            Of("limit", "IpaMaxDiagnosticsPerPass=1"),
            Of("reason", "PassJustification=kpatch needs every caller"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(builds.Values.SelectMany(b => b.Log.Messages), Has.None.Contains(" was read: "), "exceptions need no dump");
            Assert.That(Outcome(builds["all"]), Is.EqualTo((true, "passed", 0, 0)));
            Assert.That(builds["all"].Gate.Violations.Select(v => (v.Function, v.Accepted, v.Justification)), Is.EqualTo([("guarded", "exception", "known"), ("sum_of", "exception", "known")]));
            Assert.That(Outcome(builds["object"]), Is.EqualTo((true, "passed", 0, 0)));
            Assert.That(Outcome(builds["function"]), Is.EqualTo((false, "failed", 1, 0)));
            Assert.That(builds["function"].Gate.Violations.Select(v => v.Accepted), Is.EqualTo(["exception", null]));
            Assert.That(builds["file"].Gate.Violations.Select(v => v.Accepted), Is.EqualTo([null, "exception"]));
            Assert.That(Outcome(builds["unused"]), Is.EqualTo((false, "failed", 2, 1)));
            Assert.That(builds["unused"].Codes, Is.EqualTo(["IPA5001", "IPA5001", "IPA5006"]));
            Assert.That(builds["unjustified"].Codes, Is.EqualTo(["IPA1018"]));
            Assert.That(builds["unknown"].Codes, Is.EqualTo(["IPA1005", "IPA1005", "IPA1005", "IPA1005", "IPA1017", "IPA1017"]));
            Assert.That(builds["unknown"].Log.Errors.Select(e => e.Message), Has.Some.Contains("'constprop'").And.Some.Contains("'inline'"));
            Assert.That(builds["limit"].Log.Errors.Select(e => Path.GetFileName(e.File)), Is.EqualTo(["kinds.c", "Wrapper.csproj"]), "one, and one that counts the rest");
            Assert.That(builds["reason"].Log.Errors.Select(e => e.Message), Has.All.Contains("kpatch needs every caller"));
        }
    }

    [Test]
    public void A_baseline_lets_a_legacy_tree_only_get_better()
    {
        Tools.Require("gcc");
        var project = NewKinds();
        const string File = "IpaGateBaseline=known.json";
        Variant Of(string name, params string[] more) => new(name, ["Pass=inline", "IpaPassPolicy=inline-clone", "IpaGateSeverity=Error", File, .. more]);
        var update = Of("update") with { Target = "IpaUpdateGateBaseline" };
        var adopting = project.BuildVariants(
            Of("missing"),
            update with { Name = "created" },
            Of("known"),
            Of("known-again"),
            update with { Name = "unchanged" },
            Of("worse", "OtherPass=part"),
            new Variant("nameless", "Pass=inline") { Target = "IpaUpdateGateBaseline" });
        var baseline = System.IO.File.ReadAllText(project.Path("known.json"));

        // sum_of is no longer inlined; guarded moves to other lines.
        project.Edit("src/pair.h", "static inline int", "static __attribute__((noinline, noclone, noipa)) int").Edit("src/kinds.c", "int external(int);", "int external(int);\n\n\n");
        var better = project.BuildVariants(Of("better"), update with { Name = "removed" }, Of("clean"));
        project.Edit("known.json", "\"version\": 1", "<<<<<<< HEAD");
        var damaged = project.BuildVariants(Of("damaged"), update with { Name = "repaired" }, Of("repaired-and-known"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(adopting.Values.SelectMany(b => b.Log.Messages), Has.None.Contains(" was read: "), "a baseline needs no dump");
            Assert.That(adopting["missing"].Codes, Is.EqualTo(["IPA1019"]));
            Assert.That(adopting["missing"].Log.Errors[0].File, Does.EndWith("known.json"));
            Assert.That((adopting["created"].Succeeded, adopting["created"].Codes.Count), Is.EqualTo((true, 0)));
            Assert.That(baseline, Does.Contain("\"IPA5002 ipa-modref\"").And.Contain("[\"src/kinds.o\",\"guarded\",\"src/kinds.c\"]").And.Contain("[\"src/kinds.o\",\"sum_of\",\"src/pair.h\"]"));
            Assert.That(Outcome(adopting["known"]), Is.EqualTo((true, "passed", 0, 0)));
            Assert.That(adopting["known"].Gate.Violations.Select(v => v.Accepted), Is.All.EqualTo("baseline").And.Not.Empty);
            Assert.That(Outcome(adopting["known-again"]), Is.EqualTo((true, "passed", 0, 0)));
            Assert.That(adopting["unchanged"].Log.Messages, Has.Some.EqualTo("known.json was up to date."));
            Assert.That(Outcome(adopting["worse"]), Is.EqualTo((false, "failed", 1, 0)));
            Assert.That(adopting["worse"].Codes, Is.EqualTo(["IPA5001"]));
            Assert.That(adopting["nameless"].Codes, Is.EqualTo(["IPA1019"]));

            Assert.That(Outcome(better["better"]), Is.EqualTo((true, "passed", 0, 1)));
            Assert.That(better["better"].Log.Warnings.Single().Message, Does.StartWith("1 of the ").And.Contain("sum_of"));
            Assert.That(Outcome(better["clean"]), Is.EqualTo((true, "passed", 0, 0)));
            Assert.That(System.IO.File.ReadAllText(project.Path("known.json")), Does.Not.Contain("sum_of"));

            Assert.That(damaged["damaged"].Codes, Is.EqualTo(["IPA1019"]));
            Assert.That(damaged["repaired"].Codes, Is.Empty);
            Assert.That(Outcome(damaged["repaired-and-known"]), Is.EqualTo((true, "passed", 0, 0)));
        }

        project.Run("Clean", ["-p:" + File]).MustSucceed();
        Assert.That(project.Path("known.json"), Does.Exist, "it is the user's");
    }

    private TestProject NewKinds()
    {
        var project = NewProject().Write("src/kinds.c", Kinds).Write("src/pair.h", Header)
            .Wrap(Items, properties: "<IpaCompilerFlags>-O2 -fopenmp-simd</IpaCompilerFlags>");
        project.Build().MustSucceed();
        return project;
    }

    private static string[] Places(IEnumerable<LogEntry> entries) => [.. entries.Select(e => $"{Path.GetFileName(e.File)}:{e.Line}:{e.Column}")];

    private static (bool Succeeded, string Verdict, int Errors, int Warnings) Outcome(VariantResult build) =>
        (build.Succeeded, build.Gate.Verdict, build.Log.Errors.Count, build.Log.Warnings.Count);
}
