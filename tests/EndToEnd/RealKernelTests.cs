using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>A part of a real kernel, built by its own Makefile.</summary>
internal sealed class RealKernelTests : PackageTest
{
    [Test]
    public void A_directory_of_a_real_kernel()
    {
        using var kernel = new KernelSource();
        var project = NewProject().Wrap($"""
            <IpaKernelTree Include="{kernel.Directory}" OutputDir="{kernel.Output}" MakeTargets="kernel/time/" TreeName="linux" />
            <IpaPatchedFunction Include="tk_xtime" />
            """);
        Assert.That(project.Build().MustFailWith("IPA1021").Message, Does.Contain(".config"));

        kernel.Configure();
        var sources = Sources(kernel);
        var configuration = File.ReadAllText(Path.Combine(kernel.Output, ".config"));
        var build = project.Build().MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);
        var patched = manifest.Patched("tk_xtime");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Is.Empty);
            Assert.That(manifest.Complete);
            Assert.That(manifest.Summary("objects"), Is.EqualTo(16), "kernel/time and scripts/mod/empty.o");
            Assert.That(patched.SourceFile, Is.EqualTo("kernel/time/timekeeping.c"));
            Assert.That(patched.Instances, Is.EqualTo(["linux/kernel/time/timekeeping.o!tk_xtime -"]));
            Assert.That(patched.AffectedKeys, Has.Member("linux/kernel/time/timekeeping.o!ktime_get_coarse_ts64"));
            Assert.That(patched.Exact, Is.False);
            Assert.That(patched.InexactBecause.Single(), Does.Contain("processor's assembly cannot be compared"), "tinyconfig is for 32-bit x86");
            Assert.That(sources.Differences(Sources(kernel)), Is.Empty);
            Assert.That(File.ReadAllText(Path.Combine(kernel.Output, ".config")), Is.EqualTo(configuration));
        }

        Assert.That(Changes(kernel, project, () => project.Build().MustSucceed()), Is.Empty);

        project.Build("-question").MustSucceed();

        // kconfig would ask for these on standard input.
        string[] lines = [.. configuration.Split('\n').Where(l => !l.Contains("CONFIG_HZ", StringComparison.Ordinal))];
        File.WriteAllLines(Path.Combine(kernel.Output, ".config"), lines);
        Assert.That(project.Build().MustFailWith("IPA1021").Message, Does.Contain("olddefconfig"));
        Assert.That(File.ReadAllLines(Path.Combine(kernel.Output, ".config")), Is.EqualTo(lines));

        project.Run("Clean").MustSucceed();
        Assert.That(Directory.GetFiles(Path.Combine(kernel.Output, "kernel/time"), "*.ipa-clones"), Has.Length.EqualTo(15));
        Assert.That(sources.Differences(Sources(kernel)), Is.Empty);
    }

    // Links to the sources of other architectures, which were not unpacked.
    private static FileSnapshot Sources(KernelSource kernel) => FileSnapshot.Take(kernel.Directory, "scripts/dtc/include-prefixes/");

    /// <summary>What of kbuild's and our results a build makes anew; kbuild itself writes two files each time.</summary>
    private static IEnumerable<string> Changes(KernelSource kernel, TestProject project, Action build)
    {
        var before = (Kernel: Made(kernel), Ours: FileSnapshot.Take(project.OutputDirectory));
        build();
        return before.Kernel.Differences(Made(kernel)).Concat(before.Ours.Differences(FileSnapshot.Take(project.OutputDirectory)));

        static FileSnapshot Made(KernelSource kernel) => FileSnapshot.Take(kernel.Output, "Makefile", ".missing-syscalls.d", "source/");
    }
}
