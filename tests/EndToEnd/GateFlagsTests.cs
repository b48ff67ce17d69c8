using System.Text.RegularExpressions;
using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>The flags that the gate recommends: a target prints them, and with exactly them the policy holds.</summary>
internal sealed class GateFlagsTests : PackageTest
{
    private const string Source = """
        int external(int);
        struct pair { int first, second, unused[6]; };
        int global(int v) { return external(v) + 1; }
        static __attribute__((noinline)) int scaled(int v, int s) { return external(v) * s + external(s); }
        static __attribute__((noinline)) int first_of(struct pair *p) { return external(p->first); }
        static int small(int v) { return v + 3; }
        int user(int v, struct pair *p) { return global(v) + scaled(v, 12) + scaled(v + 1, 12) + first_of(p) + first_of(p + 1) + small(v); }

        """;

    private const string Print = """
        <Target Name="PrintFlags" DependsOnTargets="IpaAnalyze">
          <Message Importance="High" Text="FLAGS=[$(IpaRecommendedFlags)]" />
        </Target>
        """;

    [TestCase("gcc", "inline-clone", "", "-flive-patching=inline-clone")]
    [TestCase("gcc-11", "inline-only-static", "", "-flive-patching=inline-only-static")]
    [TestCase("aarch64-linux-gnu-gcc", "inline-only-static", "", "-flive-patching=inline-only-static")]
    [TestCase("s390x-linux-gnu-gcc", "inline-clone", "", "-flive-patching=inline-clone")]
    [TestCase("gcc", "inline-clone", " -fipa-ra", null, Description = "-fipa-ra and -flive-patching are in conflict")]
    public void With_the_printed_flags_the_policy_holds(string compiler, string policy, string given, string? expected)
    {
        Tools.Require(compiler);
        var version = ChildProcess.MustRun(compiler, ["-dumpfullversion"], Repository.Root).Trim();
        var project = NewProject().Write("src/f.c", Source)
            .Wrap("""<IpaSource Include="src/f.c" />""", properties: "<IpaGateSeverity>Error</IpaGateSeverity>", targets: Print);
        string[] common = ["-p:IpaCompiler=" + compiler, "-p:IpaPassPolicy=" + policy];
        var printed = project.Run("PrintFlags", [.. common, "-p:IpaCompilerFlags=-O2" + given]).MustSucceed();
        var flags = printed.Log.Messages.Single(m => m.StartsWith("FLAGS=[", StringComparison.Ordinal))[7..^1];
        var failed = project.Build([.. common, "-p:IpaCompilerFlags=-O2" + given]);
        var gate = Manifests.Manifest.Load(failed.ManifestPath).Gate;
        var clean = project.Build([.. common, $"-p:IpaCompilerFlags=-O2{given} {flags}"]).MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(flags, expected is null ? Does.Match("^(-fno-[a-z-]+ )+-fno-[a-z-]+$").And.Contain("-fno-ipa-ra") : Is.EqualTo(expected));
            Assert.That(failed.Properties["IpaRecommendedFlags"], Is.EqualTo(flags));
            Assert.That(failed.MustFailWith("IPA5002").Message, Does.Contain(flags));
            Assert.That(gate.ObjectsOf("ipa-ra"), Is.EqualTo(["src/f.o"]));
            Assert.That(gate.Violations.Select(v => v.Evidence), Has.Some.Matches($"^GCC {Regex.Escape(version)}.* -O2"));
            Assert.That(gate.FunctionsOf("ipa-cp"), policy == "inline-only-static" ? Is.EqualTo(["src/f.o scaled"]) : Is.Empty);
            Assert.That(gate.FunctionsOf("inline"), policy == "inline-only-static" ? Is.EqualTo(["src/f.o global"]) : Is.Empty);
            Assert.That(Manifests.Manifest.Load(clean.ManifestPath).Gate.Violations, Is.Empty);
            Assert.That(Manifests.Manifest.Load(clean.ManifestPath).Gate.Verdict, Is.EqualTo("passed"));
            Assert.That(clean.Codes, Is.Empty);
            Assert.That(clean.Properties["IpaRecommendedFlags"], Is.Empty);
        }
    }
}
