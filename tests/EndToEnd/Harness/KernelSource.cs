namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>A real kernel's sources in a temporary directory: what configuring it and building parts of it needs, a tenth of all.</summary>
internal sealed class KernelSource : IDisposable
{
    // tools/objtool and what it is built with; Kconfig files are read wherever they are.
    private static readonly string[] Parts =
    [
        "Makefile", "Kbuild", "scripts", "include", "kernel", "tools/objtool", "tools/lib", "tools/include", "tools/build", "tools/scripts",
    ];

    // As the kernel's scripts/subarch.include maps what uname says.
    private static readonly Dictionary<string, string> Architectures = new() { ["X64"] = "x86", ["X86"] = "x86", ["Arm64"] = "arm64", ["S390x"] = "s390", ["Ppc64le"] = "powerpc" };

    private readonly string _temporary = System.IO.Directory.CreateTempSubdirectory("ipa-kernel-").FullName;

    public KernelSource()
    {
        var archive = Tools.RequireKernelSource();
        var machine = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString();
        var architecture = Architectures.GetValueOrDefault(machine, machine);
        var top = Path.GetFileName(archive)[..^".tar.xz".Length];
        System.IO.Directory.CreateDirectory(Directory);
        string[] parts = [.. Parts, "arch/" + architecture, "tools/arch/" + architecture];
        ChildProcess.MustRun(
            "tar",
            ["-xJf", archive, "-C", Directory, "--strip-components=1", "--wildcards", "--no-anchored", .. parts.Select(part => $"{top}/{part}"), "Kconfig*"],
            _temporary);
    }

    /// <summary>The top of the sources.</summary>
    public string Directory => Path.Combine(_temporary, "linux");

    /// <summary>A directory for kbuild's output; not made yet.</summary>
    public string Output => Path.Combine(_temporary, "build");

    /// <summary>Makes the smallest configuration in <see cref="Output"/>.</summary>
    public void Configure()
    {
        System.IO.Directory.CreateDirectory(Output);
        ChildProcess.MustRun("make", ["-C", Directory, "O=" + Output, "tinyconfig"], _temporary);
    }

    public void Dispose() => System.IO.Directory.Delete(_temporary, recursive: true);
}
