namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>
/// Two builds of one wrapper at the same time, of every kind that used to spoil each other: the first ones, incremental ones
/// after a change, and ones with different flags. Each pair is judged by what lone builds of the same sources give.
/// </summary>
/// <param name="newProject">Makes an empty project.</param>
internal sealed class BuildPair(Func<TestProject> newProject)
{
    private const int Sources = 12;
    private const string MoreInlining = "-p:IpaCompilerFlags=-O3";
    private const string LessInlining = "-p:IpaCompilerFlags=-O1";

    /// <summary>Runs pairs, one after the other, and says what was wrong with each that was not right.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Chooses what changes between incremental ones, and who starts how much later.</param>
    public IReadOnlyList<string> Run(int count, int seed)
    {
        var random = new Random(seed);
        var failures = new List<string>();
        var project = Project();
        var expected = new[] { MoreInlining, LessInlining }.ToDictionary(f => f, f => Lone(project, f));
        for (var number = 0; number < count; number++)
        {
            var kind = (PairKind)(number % 3);
            if (kind == PairKind.First)
            {
                Directory.Delete(project.Path("obj", "Debug"), recursive: true);
                Directory.Delete(project.Path("bin"), recursive: true);
            }
            else
            {
                // Another text and the same code, so that lone builds need not be asked again.
                var source = $"src/a{random.Next(Sources)}.c";
                project.Write(source, File.ReadAllText(project.Path(source)) + $"/* {number} */\n");
            }

            string[] flags = kind == PairKind.DifferentFlags ? [MoreInlining, LessInlining] : [MoreInlining, MoreInlining];
            var delay = TimeSpan.FromMilliseconds(random.Next(400));
            failures.AddRange(Judge(project, flags, delay, expected).Select(f => $"pair {number} ({kind}, seed {seed}): {f}"));
        }

        return failures;
    }

    private static IEnumerable<string> Judge(TestProject project, string[] flags, TimeSpan delay, Dictionary<string, string> expected)
    {
        var builds = project.RunAtOnce([[flags[0], "--no-restore"], [flags[1], "--no-restore"]], delay);
        foreach (var build in builds.Where(b => !b.Succeeded || b.Codes.Count > 0))
        {
            yield return $"exit status {build.ExitCode}, {string.Join(", ", build.Log.Errors.Concat(build.Log.Warnings))}";
        }

        // The later one's manifest stands; which one that is, is open.
        var manifest = File.ReadAllText(project.Path("bin", "Debug", "net10.0", "affected-functions.json"));
        if (!flags.Any(f => expected[f] == manifest))
        {
            yield return "the manifest is that of no lone build";
        }

        // And nothing wrong is remembered.
        if (Lone(project, flags[0]) != expected[flags[0]])
        {
            yield return "the next build's manifest is not that of a lone build";
        }
    }

    private static string Lone(TestProject project, string flags) => File.ReadAllText(project.Build(flags).MustSucceed().ManifestPath);

    private TestProject Project()
    {
        var project = newProject().Wrap("""<IpaSource Include="src/*.c" /><IpaPatchedFunction Include="f3" />""", properties: "<IpaMakeJobs>2</IpaMakeJobs>");
        for (var i = 0; i < Sources; i++)
        {
            project.Write($"src/a{i}.c", $"static int f{i}(int x) {{ return x * {i + 2}; }}\nint g{i}(int x) {{ return f{i}(x) + f{i}(x + 1); }}\n");
        }

        return project;
    }

    private enum PairKind
    {
        First,
        Incremental,
        DifferentFlags,
    }
}
