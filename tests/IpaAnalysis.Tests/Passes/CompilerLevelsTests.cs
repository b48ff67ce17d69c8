using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Passes;

/// <summary>
/// The catalogue against what GCC 11 to 16 said of themselves; <c>Fixtures/Options/make-fixtures.sh</c> asked them. What is
/// installed here is asked again by <see cref="IpaPassesTests"/>.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CompilerLevelsTests
{
    private static readonly (string Column, OptimizationLevels Level)[] s_levels =
    [
        ("-O0", OptimizationLevels.O0), ("-O1", OptimizationLevels.O1), ("-Og", OptimizationLevels.Og),
        ("-O2", OptimizationLevels.O2), ("-Os", OptimizationLevels.Os), ("-O3", OptimizationLevels.O3),
    ];

    /// <summary>
    /// What later compilers brought that is no pass of the catalogue: it looks at one function at a time, or only at messages,
    /// instrumentation, link time or a recorded profile, or it is what a kind of clone tells of (<c>strub</c>).
    /// </summary>
    private static readonly string[] s_ofOneFunction =
    [
        "-favoid-store-forwarding", "-fauto-profile-inlining", "-fcondition-coverage", "-fdep-fusion", "-fext-dce",
        "-ffold-mem-offsets", "-fhardcfr-skip-leaf", "-fharden-control-flow-redundancy", "-fhardened", "-finline-stringops", "-finstrument-functions-once",
        "-flate-combine-instructions", "-flink-libatomic", "-flto-toplevel-asm-heuristics", "-fmalloc-dce", "-fno-inline-stringops", "-foptimize-crc",
        "-fpath-coverage", "-fstrub=all", "-fstrub=at-calls", "-fstrub=disable", "-fstrub=internal", "-fstrub=relaxed", "-fstrub=strict",
        "-funreachable-traps",
    ];

    [TestCase(11)]
    [TestCase(12)]
    [TestCase(13)]
    [TestCase(14)]
    [TestCase(15)]
    [TestCase(16)]
    public void A_compiler_switches_on_and_off_what_the_catalogue_says(int major)
    {
        var rows = Rows(major);
        using (Assert.EnterMultipleScope())
        {
            foreach (var pass in IpaPasses.All)
            {
                Assert.That(rows.ContainsKey(pass.Option), Is.EqualTo(pass.Since <= major), pass.Name);
                if (!rows.TryGetValue(pass.Option, out var row))
                {
                    continue;
                }

                foreach (var (column, level) in s_levels)
                {
                    Assert.That(row[column], Is.EqualTo(pass.EnabledAt.HasFlag(level)), $"{pass.Name} at {column}");
                }

                Assert.That(row["-O2"] && !row["inline-clone"], Is.EqualTo(row["-O2"] && pass.ForbiddenBy.HasFlag(PassPolicies.InlineClone)), $"{pass.Name}, inline-clone");
                Assert.That(row["-O2"] && !row["inline-only-static"], Is.EqualTo(row["-O2"] && pass.ForbiddenBy.HasFlag(PassPolicies.InlineOnlyStatic)), $"{pass.Name}, inline-only-static");
            }
        }
    }

    [TestCase(13)]
    [TestCase(14)]
    [TestCase(15)]
    [TestCase(16)]
    public void What_a_compiler_brings_is_in_the_catalogue_or_known_to_look_at_one_function(int major)
    {
        var known = Rows(12).Keys.Concat(IpaPasses.All.Select(p => p.Option)).Concat(s_ofOneFunction).ToHashSet(StringComparer.Ordinal);
        var brought = Rows(major).Keys.Where(o => !known.Contains(o) && !IsMessage(o));
        Assert.That(brought, Is.Empty);
    }

    private static bool IsMessage(string option) =>
        option.StartsWith("-fdiagnostics-", StringComparison.Ordinal) || option.StartsWith("-fanalyzer-", StringComparison.Ordinal) || option.StartsWith("-fdump-", StringComparison.Ordinal);

    /// <summary>For each option of a table whether it is on, by column.</summary>
    private static Dictionary<string, Dictionary<string, bool>> Rows(int major)
    {
        var file = Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "Options", FormattableString.Invariant($"gcc-{major}-levels.txt"));
        var lines = File.ReadAllLines(file).Select(static l => l.Split(' ')).ToArray();
        return lines.Skip(1).ToDictionary(
            static l => l[0],
            l => l.Skip(1).Select((sign, i) => (Column: lines[0][i + 1], IsOn: sign == "+")).ToDictionary(static c => c.Column, static c => c.IsOn));
    }
}
