using NUnit.Framework.Interfaces;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>A test that builds projects with the package. Their logs are kept when it fails.</summary>
[Category("EndToEnd")]
internal abstract class PackageTest
{
    private readonly List<TestProject> _projects = [];

    /// <summary>A new project, removed after the test.</summary>
    protected TestProject NewProject(string directoryName = "project")
    {
        var project = new TestProject(directoryName);
        _projects.Add(project);
        return project;
    }

    [TearDown]
    public void RemoveProjects()
    {
        var test = TestContext.CurrentContext;
        foreach (var (project, number) in _projects.Select((p, i) => (p, i)))
        {
            if (test.Result.Outcome.Status == TestStatus.Failed)
            {
                project.KeepLogs(Repository.Path("artifacts", "test-logs", $"{test.Test.ID}-{test.Test.MethodName}-{number}"));
            }

            project.Dispose();
        }
    }
}
