using System.Globalization;
using IpaAnalysis.Faults.Cases;

namespace IpaAnalysis.Faults.Pairs;

/// <summary>Two builds of one wrapper at once: both succeed, and the manifests are those of lone builds.</summary>
internal sealed class PairsProgram : IFaultProgram
{
    private const int Pairs = 200;
    private const string Common = "affected-functions.json";
    private static readonly string[] s_kinds = ["first", "incremental", "flags", "unchanged"];

    private readonly Lock _making = new();
    private readonly Dictionary<(string Flags, int Number), string> _lone = [];
    private PairProject? _project;

    /// <inheritdoc/>
    public string Name => "pairs";

    /// <inheritdoc/>
    public string Description => "two builds of one wrapper at once, first, incremental and with other flags: manifests as of lone builds";

    // The two builds of a pair are at once already, and all pairs share one restored project.
    /// <inheritdoc/>
    public int Jobs => 1;

    /// <inheritdoc/>
    public IEnumerable<FaultCase> Cases(FaultSettings settings)
    {
        var random = new Random(settings.Seed);
        for (var i = 0; i < Pairs; i++)
        {
            var (pair, kind) = (i, s_kinds[i % s_kinds.Length]);
            var delay = TimeSpan.FromMilliseconds(random.Next(0, 600));
            var number = random.Next(2, 5);
            yield return new FaultCase(
                string.Create(CultureInfo.InvariantCulture, $"pair {pair} {kind}"),
                directory => [Try(Path.Combine(directory, "..", "project"), settings, kind, number, delay)
                    with { Name = string.Create(CultureInfo.InvariantCulture, $"pair {pair}, {kind}, {delay.TotalMilliseconds:0} ms apart") }]);
        }
    }

    private FaultCheck Try(string directory, FaultSettings settings, string kind, int number, TimeSpan delay)
    {
        lock (_making)
        {
            _project ??= new PairProject(
                Path.GetFullPath(directory), settings.Packages ?? throw new InvalidOperationException("there is no package; build/faults.sh packs one"));
        }

        var isFlags = kind == "flags";
        (string Flags, string Manifest)[] builds = isFlags ? [("-O2", "first.json"), ("-O3 -fno-inline-small-functions", "second.json")] : [("-O2", Common), ("-O2", Common)];
        var expected = builds.Select(b => Lone(_project, b.Flags, number)).ToArray();

        // What was there before the pair.
        _project.Reset();
        _project.WriteSource("a", kind == "incremental" ? 1 : number);
        var failures = new List<string>();
        if (kind is "incremental" or "unchanged")
        {
            Add("the build before", _project.Build("-O2", Common));
            _project.WriteSource("a", number);
        }

        var second = Task.Run(async () =>
        {
            await Task.Delay(delay).ConfigureAwait(false);
            return _project.Build(builds[1].Flags, builds[1].Manifest);
        });
        Add("one of the pair", _project.Build(builds[0].Flags, builds[0].Manifest));
        Add("the other of the pair", second.GetAwaiter().GetResult());
        Compare("after the pair");

        // A wrong state shows in what comes next, alone.
        for (var i = 0; i < (isFlags ? 2 : 1); i++)
        {
            Add("the build after", _project.Build(builds[i].Flags, builds[i].Manifest));
        }

        Compare("after the next build");
        return FaultCheck.Of("", failures);

        void Add(string what, string? failure)
        {
            if (failure is not null)
            {
                failures.Add($"{what}: {failure}");
            }
        }

        void Compare(string when)
        {
            for (var i = 0; i < builds.Length; i++)
            {
                if (_project.Manifest(builds[i].Manifest) != expected[i])
                {
                    failures.Add($"{when} the manifest of {builds[i].Flags} is not that of a lone build");
                }
            }
        }
    }

    private string Lone(PairProject project, string flags, int number)
    {
        if (!_lone.TryGetValue((flags, number), out var manifest))
        {
            project.Reset();
            project.WriteSource("a", number);
            if (project.Build(flags, Common) is { } failure)
            {
                throw new InvalidOperationException($"a lone build: {failure}");
            }

            _lone[(flags, number)] = manifest = project.Manifest(Common)!;
        }

        return manifest;
    }
}
