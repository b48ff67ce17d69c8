using IpaAnalysis.Compilers;

namespace IpaAnalysis.Tests.Compilers;

/// <summary>No search path of a compiler leads into a tree that nobody trusts.</summary>
internal sealed class CompilerEnvironmentTests
{
    [TestCase("/usr/bin:/bin", "/usr/bin:/bin")]
    [TestCase(".:/usr/bin", "/usr/bin")]
    [TestCase("/usr/bin:", "/usr/bin")]
    [TestCase(":/usr/bin", "/usr/bin")]
    [TestCase("/usr/bin::/bin", "/usr/bin:/bin")]
    [TestCase("bin:../bin:/usr/bin", "/usr/bin")]
    [TestCase("/tree/tools:/usr/bin", "/usr/bin")]
    [TestCase("/tree:/usr/bin", "/usr/bin")]
    [TestCase("/treehouse:/usr/bin", "/treehouse:/usr/bin")]
    [TestCase("/usr/../tree/tools:/usr/bin", "/usr/bin")]
    [TestCase(".", null)]
    public void Search_path(string path, string? expected)
    {
        foreach (var name in new[] { "PATH", "COMPILER_PATH" })
        {
            var environment = CompilerEnvironment.For(new Dictionary<string, string> { [name] = path }, ["/tree"]);
            Assert.That(environment.GetValueOrDefault(name), Is.EqualTo(expected), name);
        }
    }

    [TestCase("/usr/lib/gcc/", "/usr/lib/gcc/")]
    [TestCase("/tree/lib/gcc/", null)]
    [TestCase("lib/gcc/", null)]
    [TestCase("", null)]
    public void Prefix(string prefix, string? expected) =>
        Assert.That(
            CompilerEnvironment.For(new Dictionary<string, string> { ["GCC_EXEC_PREFIX"] = prefix }, ["/tree"]).GetValueOrDefault("GCC_EXEC_PREFIX"),
            Is.EqualTo(expected));

    [Test]
    public void Link_into_the_tree()
    {
        using var tree = new TemporaryTree();
        Directory.CreateDirectory(tree["tree/tools"]);
        File.CreateSymbolicLink(tree["outside"], tree["tree/tools"]);
        var environment = CompilerEnvironment.For(new Dictionary<string, string> { ["PATH"] = tree["outside"] + ":/usr/bin" }, [tree["tree"]]);
        Assert.That(environment["PATH"], Is.EqualTo("/usr/bin"));
    }

    [TestCase("DEPENDENCIES_OUTPUT")]
    [TestCase("SUNPRO_DEPENDENCIES")]
    [TestCase("GCC_COMPARE_DEBUG")]
    [TestCase("LIBRARY_PATH")]
    [TestCase("LPATH")]
    public void Not_passed_on(string name) =>
        Assert.That(CompilerEnvironment.For(new Dictionary<string, string> { [name] = "x" }, []), Does.Not.ContainKey(name));
}
