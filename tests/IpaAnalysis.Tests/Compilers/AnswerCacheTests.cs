using IpaAnalysis.Compilers;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Compilers;

[TestFixture]
internal sealed class AnswerCacheTests
{
    private static readonly CompilerIdentity s_compiler = new("/usr/bin/gcc", "12.2.0", 12, "x86_64-linux-gnu", "gcc (Debian) 12.2.0", 1000, 2000);
    private static readonly OptimizerAnswer s_answer = new(["ipa-pta", "ipa-ra"], ["ipa-ra"], null);

    [Test]
    public void Answers_are_kept_by_compiler_and_options()
    {
        using var sandbox = new Sandbox();
        var path = Saved(sandbox, Question("-O2"), Question("-O3"));
        var cache = new AnswerCache(path, "search");
        Assert.Multiple(() =>
        {
            Assert.That(cache.Find(Question("-O2"))?.Enabled, Is.EqualTo(s_answer.Enabled));
            Assert.That(cache.Find(Question("-O2"))?.Existing, Is.EqualTo(s_answer.Existing));
            Assert.That(cache.Find(Question("-O1")), Is.Null);
            Assert.That(cache.Find(Question("-O2", "-O2")), Is.Null);
            Assert.That(cache.Find(Question("-O2") with { Compiler = s_compiler with { Modified = 2001 } }), Is.Null);
            Assert.That(cache.Find(Question("-O2") with { Compiler = s_compiler with { Banner = "gcc (Other) 12.2.0" } }), Is.Null);
            Assert.That(new AnswerCache(path, "other").Find(Question("-O2")), Is.Null, "other search paths");
        });
    }

    [Test]
    public void A_refusal_is_kept_too()
    {
        using var sandbox = new Sandbox();
        var cache = new AnswerCache(sandbox.PathOf("cache"), "search");
        cache.Add(Question("-Obad"), OptimizerAnswer.Refused("no", isTransient: false));
        cache.Save();
        Assert.That(new AnswerCache(sandbox.PathOf("cache"), "search").Find(Question("-Obad"))?.Refusal, Is.EqualTo("no"));
    }

    [Test]
    public void What_is_not_used_is_forgotten_and_what_is_unchanged_is_not_written()
    {
        using var sandbox = new Sandbox();
        var path = Saved(sandbox, Question("-O2"), Question("-O3"));
        var before = sandbox.Snapshot();
        var cache = new AnswerCache(path, "search");
        cache.Find(Question("-O3"));
        cache.Find(Question("-O2"));
        cache.Save();
        Assert.That(sandbox.Snapshot(), Is.EqualTo(before));

        cache = new AnswerCache(path, "search");
        cache.Find(Question("-O3"));
        cache.Save();
        cache = new AnswerCache(path, "search");
        Assert.That(cache.Find(Question("-O2")), Is.Null);
        Assert.That(cache.Find(Question("-O3")), Is.Not.Null);
    }

    [Test]
    public void A_damaged_file_is_no_memory()
    {
        using var sandbox = new Sandbox();
        var path = Saved(sandbox, Question("-O2"));
        var content = File.ReadAllBytes(path);
        for (var length = 0; length < content.Length; length += 7)
        {
            File.WriteAllBytes(path, content[..length]);
            Assert.That(new AnswerCache(path, "search").Find(Question("-O2")), Is.Null);
        }

        content[20] ^= 1;
        File.WriteAllBytes(path, content);
        Assert.That(new AnswerCache(path, "search").Find(Question("-O2")), Is.Null);
        Saved(sandbox, Question("-O2"));
        Assert.That(new AnswerCache(path, "search").Find(Question("-O2")), Is.Not.Null, "written anew");
    }

    [Test]
    public void An_expander_writes_what_it_used_and_the_next_one_the_same()
    {
        using var sandbox = new Sandbox();
        OptionsQuery[] queries = [Asked.Record(Tools.Require("gcc"), "-O2"), Asked.Record("gcc", "-O2 -fbad-flag"), Asked.Record("gcc", "-O2 -Btools", isTrusted: true)];
        Build();
        var before = sandbox.Snapshot();
        Assert.That(before, Has.Count.EqualTo(1));
        Build();
        Assert.That(sandbox.Snapshot(), Is.EqualTo(before));

        void Build()
        {
            var expander = Asked.Expander(cache: sandbox.PathOf("cache"));
            expander.Expand(queries, CancellationToken.None);
            expander.Recommend(queries, IpaPasses.ForbiddenBy(PassPolicies.InlineClone), "inline-clone", CancellationToken.None);
            expander.Save();
        }
    }

    [Test]
    public void A_remembered_answer_is_not_asked_for()
    {
        using var sandbox = new Sandbox();
        sandbox.Script("bin/gcc", $"case \"$*\" in *--help=*) echo >> '{sandbox.PathOf("runs")}';; esac\nexec {Tools.Require("gcc")} \"$@\"\n");
        var path = $"{sandbox.PathOf("bin")}:{Sandbox.Environment["PATH"]}";
        var search = OptimizerProbe.SearchOf(new Dictionary<string, string> { ["PATH"] = path });
        var compiler = CompilerProbe.Identify("gcc", new Dictionary<string, string>(Sandbox.Environment) { ["PATH"] = path }, "/", CancellationToken.None).Compiler!;
        var cache = new AnswerCache(sandbox.PathOf("cache"), search);
        cache.Add(new OptimizerQuestion(compiler, ["-O2"], "/"), new OptimizerAnswer(["ipa-ra"], ["ipa-ra"], null));
        cache.Save();
        Assert.That(Asked.Expander(path, cache: sandbox.PathOf("cache")).Ask(Asked.Record("gcc", "-O2")).Enabled, Is.EqualTo((string[])["ipa-ra"]));
        Assert.That(File.Exists(sandbox.PathOf("runs")), Is.False);
        Asked.Expander(path, cache: sandbox.PathOf("cache")).Ask(Asked.Record("gcc", "-O3"));
        Assert.That(File.Exists(sandbox.PathOf("runs")), Is.True, "other options are asked for");
    }

    private static OptimizerQuestion Question(params string[] flags) => new(s_compiler, [.. flags], "/");

    private static string Saved(Sandbox sandbox, params OptimizerQuestion[] questions)
    {
        var cache = new AnswerCache(sandbox.PathOf("cache"), "search");
        foreach (var question in questions)
        {
            cache.Add(question, s_answer);
        }

        cache.Save();
        return sandbox.PathOf("cache");
    }
}
