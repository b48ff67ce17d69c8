namespace IpaAnalysis.Tests.Dumps;

/// <summary>The real dumps kept in the project; <c>Fixtures/Dumps/make-fixtures.sh</c> made them.</summary>
internal static class DumpFixtures
{
    public static string Directory { get; } = Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "Dumps");

    /// <summary>The files of one kind, such as <c>*.ci</c>, in a fixed order.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        System.IO.Directory.EnumerateFiles(Directory, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
