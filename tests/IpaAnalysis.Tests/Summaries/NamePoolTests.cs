using System.Text;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Names;
using IpaAnalysis.Summaries.Reading;

namespace IpaAnalysis.Tests.Summaries;

internal sealed class NamePoolTests
{
    [Test]
    public void A_name_is_kept_once()
    {
        var names = new NamePoolBuilder();
        var first = names.Add("parse"u8);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names.Add("parse"u8), Is.EqualTo(first));
            Assert.That(names.Add("pars"u8), Is.Not.EqualTo(first));
            Assert.That(Enumerable.Range(0, 2).Select(_ => names.Add(""u8)).Distinct().Count(), Is.EqualTo(1));
            Assert.That(names.Find("parse"u8), Is.EqualTo(first));
            Assert.That(names.Find("nothing"u8), Is.EqualTo(-1));
            Assert.That(names.Count, Is.EqualTo(3));
        }
    }

    [Test]
    public void Many_names_and_long_ones_survive_growth()
    {
        var names = new NamePoolBuilder();
        var texts = Enumerable.Range(0, 20_000).Select(i => i % 4000 == 7 ? new string('x', 1 << 20) + i : $"name.{i}").ToArray();
        var ids = texts.Select(t => names.Add(Encoding.UTF8.GetBytes(t))).ToArray();
        var pool = names.Freeze();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Is.EqualTo(Enumerable.Range(0, texts.Length)));
            Assert.That(ids.Select(pool.GetString), Is.EqualTo(texts));
            Assert.That(texts.Select(t => names.Find(Encoding.UTF8.GetBytes(t))), Is.EqualTo(ids));
            Assert.That(pool.Count, Is.EqualTo(texts.Length));
            Assert.That(names.FirstEscaped, Is.Null);
        }
    }

    [TestCase(new byte[] { (byte)'f', 0xFF }, "f\\xFF")]
    [TestCase(new byte[] { 0xC3 }, "\\xC3")]
    [TestCase(new byte[] { 0xC3, 0xBC, 0x80, (byte)'\\' }, "ü\\x80\\x5C")]
    [TestCase(new byte[] { 0xED, 0xA0, 0x80 }, "\\xED\\xA0\\x80", Description = "a lone surrogate")]
    public void Bytes_that_are_not_UTF8_are_escaped(byte[] name, string expected)
    {
        var names = new NamePoolBuilder();
        var id = names.Add(name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names.Freeze().GetString(id), Is.EqualTo(expected));
            Assert.That(names.FirstEscaped, Is.EqualTo(expected));
            Assert.That(names.Find(name), Is.EqualTo(id), "the raw name is found again");
        }
    }

    [Test]
    public void Different_names_stay_different_however_they_are_escaped()
    {
        byte[][] raw =
        [
            [0xFF], [.. "\\xFF"u8], [0xFE], [.. "\\xFE"u8], [0xFF, (byte)'\\'], [.. "\\xFF\\"u8], [.. "\\x5CxFF"u8],
            [.. "\\xFF\\x5C"u8], [.. "\\"u8], [.. "\\x"u8], [.. "\\xF"u8], [.. "\\x5c"u8], [.. "\\\\xFF"u8],
        ];
        foreach (var order in new[] { raw, [.. raw.Reverse()] })
        {
            var names = new NamePoolBuilder();
            var ids = order.Select(n => names.Add(n)).ToArray();
            Assert.That(ids, Is.Unique);
            Assert.That(ids.Select(names.Freeze().GetString), Is.Unique);
        }
    }

    [TestCase("\\x")]
    [TestCase("a\\b")]
    [TestCase("\\xff")]
    [TestCase("ü\\xG0")]
    public void A_backslash_alone_changes_nothing(string name)
    {
        var names = new NamePoolBuilder();
        var id = names.Add(Encoding.UTF8.GetBytes(name));
        Assert.That(names.Freeze().GetString(id), Is.EqualTo(name));
        Assert.That(names.FirstEscaped, Is.Null);
    }

    [Test]
    public void An_escaped_name_is_reported_and_is_one_function_for_dump_and_graph()
    {
        var builder = new SummaryBuilder();
        builder.AddDump([.. "Callgraph clone;f"u8, 0xFF, .. ";1;u.c;1;1;g;2;u.c;2;1;inlining to\n"u8], "u.ipa-clones");
        builder.AddCallGraph([.. "graph: { title: \"u.c\"\nedge: { sourcename: \"g\" targetname: \"f"u8, 0xFF, .. "\" }\n}\n"u8], "u.ci");
        builder.MarkClones();
        var summary = builder.Build("u.ipa-clones");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Functions, Has.Length.EqualTo(2));
            Assert.That(summary.Names.GetString(summary.Functions[0].Symbol), Is.EqualTo("f\\xFF"));
            Assert.That(summary.CallEdges, Is.EqualTo([new CallEdge(1, 0)]));
            Assert.That(summary.Diagnostics.Select(d => d.Code), Is.EqualTo(["IPA3008"]));
            Assert.That(summary.Diagnostics[0].Message, Does.Contain("f\\xFF"));
        }
    }
}
