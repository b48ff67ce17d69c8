using System.Text.Json;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Outputs;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Gating;

/// <summary>What is written down of passes and policies, against the catalogue.</summary>
internal sealed class CatalogueDocumentTests
{
    private const string Head = "| pass | since GCC | on at | facts flow | clone kind | `inline-clone` | `inline-only-static` | evidence |\n|---|---|---|---|---|---|---|---|\n";

    private static string Readme => File.ReadAllText(RepositoryFile.PathOf("nuget/README.md"));

    [Test]
    public void The_readmes_table_is_the_catalogue()
    {
        var table = string.Concat(IpaPasses.All.Select(p =>
            $"| `{p.Name}` | {(p.Since == 0 ? "any" : p.Since)} | {Levels(p.EnabledAt)} | {Flow(p.Flow)} | {(p.Leaves is null ? "" : $"`{p.Leaves.Name}`")} "
            + $"| {Forbidden(p, PassPolicies.InlineClone)} | {Forbidden(p, PassPolicies.InlineOnlyStatic)} | {Evidence(p.Evidence)} |\n"));
        Assert.That(Between(Readme, Head, "\n\n") + "\n", Is.EqualTo(table));
    }

    [Test]
    public void The_readme_names_every_kind_of_clone_and_every_policy()
    {
        var chapter = Between(Readme, "\n## The gate\n", "\n## ");
        using (Assert.EnterMultipleScope())
        {
            foreach (var name in PassSelector.Names.Concat(GatePolicy.Names))
            {
                Assert.That(chapter, Does.Contain($"`{name}`"));
            }
        }
    }

    [Test]
    public void The_schemas_passes_are_the_catalogues()
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(RepositoryFile.PathOf("nuget/schema/affected-functions.schema.json")));
        var passes = Property(schema, "pass").EnumerateArray().Select(v => v.GetString());
        var accepted = Property(schema, "accepted").EnumerateArray().Select(v => v.GetString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(passes, Is.EqualTo(PassSelector.Names.Prepend(null)));
            Assert.That(accepted, Is.EqualTo(Enum.GetValues<ViolationStatus>().Select(s => KindNames.Of(s))));
        }
    }

    private static JsonElement Property(JsonDocument schema, string name) =>
        schema.RootElement.GetProperty("$defs").GetProperty("violation").GetProperty("properties").GetProperty(name).GetProperty("enum");

    private static string Levels(OptimizationLevels levels) => levels switch
    {
        OptimizationLevels.None => "no level",
        OptimizationLevels.All => "every level",
        _ => string.Join(' ', Enum.GetValues<OptimizationLevels>().Where(l => int.PopCount((int)l) == 1 && levels.HasFlag(l)).Select(l => $"`-{l}`")),
    };

    private static string Flow(FactFlow flow) => flow switch
    {
        FactFlow.CalleeToCallers => "callee to callers",
        FactFlow.CallersToCallee => "callers to callee",
        _ => "whole unit",
    };

    private static string Forbidden(IpaPass pass, PassPolicies policy) => pass.ForbiddenBy.HasFlag(policy) ? "forbidden" : "";

    private static string Evidence(PassEvidence evidence) => evidence switch
    {
        PassEvidence.CloneDump => "clone dump",
        PassEvidence.FoldingRecord => "folding record",
        _ => "enabled",
    };

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        Assert.That(start, Is.GreaterThanOrEqualTo(before.Length), before);
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }
}
