using System.Globalization;
using System.Text.Json;
using IpaAnalysis.Faults.Analysing;
using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Dying;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Space;

/// <summary>An intermediate directory on a full disk: what is said is right or not exact, and right when there is space again.</summary>
internal sealed class SpaceProgram : IFaultProgram
{
    // Kibibytes: from one in which nothing can be kept to one that holds all but a recompile.
    private static readonly int[] s_sizes = [4, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 140, 160, 192, 256, 384];

    /// <inheritdoc/>
    public string Name => "space";

    /// <inheritdoc/>
    public string Description => "an intermediate directory on a full disk: never a wrong promise, and the right answer when there is space again";

    /// <inheritdoc/>
    public IEnumerable<FaultCase> Cases(FaultSettings settings) =>
        from source in DyingSource.All.Take(2)
        from size in s_sizes
        let name = string.Create(CultureInfo.InvariantCulture, $"{source.Name}, {size} KiB")
        select new FaultCase(name, directory => [FaultCheck.Of(name, [.. Try(directory, source, size)])]);

    private static IEnumerable<string> Try(string directory, DyingSource source, int size)
    {
        var site = new Site(directory);
        site.Write("unit.c", source.Text + "\n");
        string[] words = [.. Compiler.Flags, "-c", "unit.c", "-o", "unit.o"];
        Compiler.MustRun("gcc", words, site.Tree);
        site.Write("compile_commands.json", JsonSerializer.Serialize(new[] { new { directory = site.Tree, file = "unit.c", arguments = (string[])["gcc", .. words] } }));
        var right = Run(site, source);
        if (right.Report is not { } expected || !expected.Functions.All(f => f.IsExact))
        {
            yield return $"with space there is no answer: {right.Broken}";
            yield break;
        }

        Site.Remove(site.Intermediate);
        Directory.CreateDirectory(site.Intermediate);
        Mount("-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={size}k"), "ipa-space", site.Intermediate);
        try
        {
            // A build that cannot write ends with an error, which is an answer too; what it promises must hold.
            if (Run(site, source).Report is { Exception: null } full)
            {
                foreach (var function in full.Functions.Where(f => f.IsExact))
                {
                    if (!function.Affected.SequenceEqual(expected.Of(function.Name)!.Affected))
                    {
                        yield return $"{function.Name} is exact on the full disk, with {string.Join(' ', function.Affected)}";
                    }
                }

                if (full.Functions.Any(f => !f.IsExact && f.Causes.Count == 0))
                {
                    yield return "not exact without a cause";
                }
            }

            Mount("-o", "remount,size=64m", site.Intermediate);
            var again = Run(site, source);
            if (again.Report is null || again.Report.Manifest != expected.Manifest)
            {
                yield return $"with space again the answer is another: {again.Broken ?? string.Join(' ', again.Report!.Functions.SelectMany(f => f.Causes.Concat(f.Affected)))}";
            }
        }
        finally
        {
            Command("umount", site.Intermediate);
        }
    }

    private static AnalysisRun Run(Site site, DyingSource source) => AnalysisRun.Of(site, source.Functions, ProcessLimits.Quiet);

    private static void Mount(params string[] words) => Command("mount", words);

    private static void Command(string program, params string[] words)
    {
        var run = ProcessRun.Of(program, words, "/", Compiler.Environment, ProcessLimits.Quiet);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', words)} failed, and needs the right to mount: {run.Output}");
        }
    }
}
