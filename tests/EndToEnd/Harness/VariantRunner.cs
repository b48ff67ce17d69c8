using System.Security;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>
/// Builds one project several times in one process, one build after the other, each with properties of its own: starting
/// <c>dotnet build</c> takes longer than a small build.
/// </summary>
internal static class VariantRunner
{
    private const string Driver = "variants.proj";

    /// <summary>Builds the variants in their order. The project must be restored.</summary>
    public static IReadOnlyDictionary<string, VariantResult> BuildVariants(this TestProject project, params Variant[] variants)
    {
        var file = Path.GetFileName(project.ProjectFile);
        var builds = variants.Select(v => $"""
                <MSBuild Projects="{file}" Targets="{v.Target}" Properties="Variant={v.Name};{SecurityElement.Escape(string.Join(';', v.Properties))}" ContinueOnError="true" />
                <WriteLinesToFile File="variants/{v.Name}/result.txt" Lines="$(MSBuildLastTaskResult)" Overwrite="true" />
                <ItemGroup>
                  <Written Remove="@(Written)" />
                  <Written Include="bin/Debug/net10.0/affected-functions*.json" />
                </ItemGroup>
                <Copy SourceFiles="@(Written)" DestinationFolder="variants/{v.Name}" SkipUnchangedFiles="false" />
            """);
        project.Write(Driver, $"""
            <Project>
              <Target Name="Build">
            {string.Join('\n', builds)}
              </Target>
            </Project>

            """);
        var build = project.BuildMany(Driver, "--no-restore");
        var results = new Dictionary<string, VariantResult>();
        foreach (var variant in variants)
        {
            var directory = project.Path("variants", variant.Name);
            var result = Path.Combine(directory, "result.txt");
            Assert.That(result, Does.Exist, build.Output);
            results[variant.Name] = new VariantResult(
                bool.Parse(File.ReadAllText(result)), build.Log.OfProject("Variant", variant.Name), Path.Combine(directory, "affected-functions.json"));
        }

        return results;
    }
}
