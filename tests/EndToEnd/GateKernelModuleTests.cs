using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>The gate on a module that kbuild compiles with a kernel's own flags.</summary>
internal sealed class GateKernelModuleTests : PackageTest
{
    private const string Module = """
        <IpaKernelModule Include="module" KernelBuildDir="$(IpaTestKernelBuildDir)" MakeArguments="$(IpaTestMakeArguments)" />
        """;

    /// <summary>What a kernel's flags leave on: it traces functions, so no register use is shared.</summary>
    private static readonly string[] s_plain =
    [
        "ipa-bit-cp", "ipa-icf", "ipa-modref", "ipa-pure-const", "ipa-reference", "ipa-reference-addressable", "ipa-stack-alignment", "ipa-vrp",
    ];

    private static readonly string[] s_objects = ["format.o", "main.o", "packetlog.mod.o", "ring.o"];

    private static string Headers => "-p:IpaTestKernelBuildDir=" + Tools.RequireKernelHeaders();

    [Test]
    public void Plain_flags_are_told_by_pass_flags_of_single_files_count_and_the_recommended_flags_pass()
    {
        var headers = Headers;
        var project = NewProject().WrapSample("KernelModule", Module, properties: "<IpaPassPolicy />");

        var plain = project.Build(headers).MustSucceed();
        var manifest = Manifest.Load(plain.ManifestPath);
        string[] objects = [.. Tools.ModuleCommonObject(project.Path("module")), .. s_objects];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest.Gate.Policy, Is.EqualTo("inline-clone"), "the default");
            Assert.That(manifest.Gate.Verdict, Is.EqualTo("passed"), "the default policy warns");
            Assert.That(manifest.Gate.Violations.Select(v => v.Pass), Is.EqualTo(s_plain));
            Assert.That(manifest.Gate.Violations.Select(v => v.Objects), Is.All.EqualTo(objects));
            Assert.That(manifest.Gate.Violations.Select(v => v.Evidence), Is.All.Match("^GCC .* -O2 -pg -mfentry"));
            Assert.That(plain.Codes, Is.EqualTo(s_plain.Select(_ => "IPA5002")), "one for each pass");
            Assert.That(plain.Log.Warnings.Select(w => w.Message), Has.All.Contains("KCFLAGS").And.All.Contains("-flive-patching=inline-clone"));
            Assert.That(plain.Properties["IpaRecommendedFlags"], Is.EqualTo("-flive-patching=inline-clone"));
        }

        // GCC takes the padding of calls, which newer kernels have, for tracing too.
        File.AppendAllText(project.Path("module", "Kbuild"), "CFLAGS_REMOVE_ring.o := $(CC_FLAGS_FTRACE) $(PADDING_CFLAGS)\nCFLAGS_format.o := -fno-ipa-modref\n");
        var single = Manifest.Load(project.Build(headers).MustSucceed().ManifestPath).Gate;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(single.ObjectsOf("ipa-ra"), Is.EqualTo(["ring.o"]));
            Assert.That(single.ObjectsOf("ipa-modref"), Is.EqualTo(objects.Except(["format.o"])));
            Assert.That(single.ObjectsOf("ipa-vrp"), Is.EqualTo(objects));
            Assert.That(single.Violations.Count(v => v.Pass == "ipa-vrp"), Is.EqualTo(3), "a row for each set of options");
            Assert.That(single.Violations.Single(v => v.Pass == "ipa-ra").Evidence, Does.EndWith(" -O2"));
        }

        var flags = plain.Properties["IpaRecommendedFlags"];
        var clean = project.Build(headers, "-p:IpaTestMakeArguments=KCFLAGS=" + flags).MustSucceed();
        var again = project.Build(headers, "-p:IpaTestMakeArguments=KCFLAGS=" + flags).MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Manifest.Load(clean.ManifestPath).Gate.Violations, Is.Empty);
            Assert.That(Manifest.Load(clean.ManifestPath).Gate.Verdict, Is.EqualTo("passed"));
            Assert.That(clean.Codes, Is.Empty);
            Assert.That(clean.Properties["IpaRecommendedFlags"], Is.Empty);
            Assert.That(again.Codes, Is.Empty);
        }
    }

    [Test]
    public void Sources_that_are_not_traced_share_register_use_and_the_strict_flags_leave_only_what_is_always_inlined()
    {
        var headers = Headers;
        var project = NewProject().WrapSample("KernelModule", Module, properties: "<IpaPassPolicy>inline-only-static</IpaPassPolicy>");
        File.AppendAllText(project.Path("module", "Kbuild"), "ccflags-remove-y := $(CC_FLAGS_FTRACE) $(PADDING_CFLAGS)\n");
        var untraced = project.Build(headers).MustSucceed();
        var gate = Manifest.Load(untraced.ManifestPath).Gate;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gate.ObjectsOf("ipa-ra"), Is.SupersetOf((string[])["format.o", "main.o", "ring.o"]));
            Assert.That(gate.FunctionsOf("ipa-sra"), Is.EqualTo(["format.o format_body"]));
            Assert.That(gate.FunctionsOf("ipa-cp"), Is.EqualTo(["format.o format_body"]));
            Assert.That(untraced.Log.Warnings.Where(w => w.Code == "IPA5001").Select(w => Path.GetFileName(w.File)), Is.All.EqualTo("format.c"));
            Assert.That(untraced.Properties["IpaRecommendedFlags"], Is.EqualTo("-flive-patching=inline-only-static"));
        }

        var strict = project.Build(headers, "-p:IpaTestMakeArguments=KCFLAGS=" + untraced.Properties["IpaRecommendedFlags"]).MustSucceed();
        Assert.That(Manifest.Load(strict.ManifestPath).Gate.Violations, Is.Empty);
    }
}
