using System.Text;
using FsCheck.Fluent;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Tests.Properties;

namespace IpaAnalysis.Tests.Gating;

/// <summary>Baselines as files: the same bytes for the same entries, and one error for what is none.</summary>
internal sealed class GateBaselineFileTests
{
    private const string Expected = """
        {
          "version": 1,
          "objects": [
            {
              "violations": ["IPA5002 ipa-modref","IPA5002 ipa-ra"],
              "objects": [
                "a.o",
                "b/ü.o"
              ]
            },
            {
              "violations": ["IPA5005"],
              "objects": [
                "z.o"
              ]
            }
          ],
          "functions": [
            {
              "violation": "IPA5001 isra",
              "functions": [
                ["a.o","f","a.c"],
                ["a.o","f","b.h"],
                ["a.o","g"],
                ["b/ü.o","a","odd \"name\".c"]
              ]
            },
            {
              "violation": "IPA5003 ipa-icf",
              "functions": [
                ["a.o","f","a.c"]
              ]
            }
          ]
        }

        """;

    private static readonly BaselineEntry[] s_entries =
    [
        new("IPA5002", "ipa-ra", "b/ü.o", null, null),
        new("IPA5001", "isra", "b/ü.o", "a", "odd \"name\".c"),
        new("IPA5005", null, "z.o", null, null),
        new("IPA5002", "ipa-modref", "a.o", null, null),
        new("IPA5001", "isra", "a.o", "g", null),
        new("IPA5002", "ipa-ra", "a.o", null, null),
        new("IPA5001", "isra", "a.o", "f", "b.h"),
        new("IPA5003", "ipa-icf", "a.o", "f", "a.c"),
        new("IPA5001", "isra", "a.o", "f", "a.c"),
        new("IPA5002", "ipa-modref", "b/ü.o", null, null),
    ];

    [Test]
    public void The_file_is_sorted_and_the_same_for_the_same_entries()
    {
        Assert.That(Encoding.UTF8.GetString(GateBaselineFile.Serialize(new GateBaseline(s_entries))), Is.EqualTo(Expected));
        PropertyCheck.Holds(
            100,
            Gen.Shuffle(s_entries.Concat(s_entries)),
            _ => [],
            shuffled => Assert.That(Encoding.UTF8.GetString(GateBaselineFile.Serialize(new GateBaseline(shuffled))), Is.EqualTo(Expected)));
    }

    [Test]
    public void Any_entries_are_written_and_read_back_in_one_form()
    {
        var names = Gen.Elements("a.o", "b/ü.o", "od\u0001d\n\u2028 object.o", "f", "f\ufffd\ud83d\ude00", "\\\"<>&'+.c", "é", " ");
        var entries = Gen.OneOf(
            from pass in Gen.Elements("isra", "ipa-icf", "unknown") from file in names from function in names from source in names.OrNull()
            select new BaselineEntry("IPA5001", pass, file, function, source),
            from pass in Gen.Elements("ipa-ra", "ipa-modref") from file in names select new BaselineEntry("IPA5002", pass, file, null, null));
        PropertyCheck.Holds(1_000, Lists.Of(entries, 12), Lists.Shorter, list =>
        {
            var bytes = GateBaselineFile.Serialize(new GateBaseline(list));
            Assert.That(Read(bytes).Entries, Is.EquivalentTo(list.Distinct()));
            Assert.That(GateBaselineFile.Serialize(Read(bytes)), Is.EqualTo(bytes));
            Assert.That(GateBaselineFile.Serialize(new GateBaseline([.. list.Reverse(), .. list])), Is.EqualTo(bytes));
        });
    }

    [Test]
    public void What_is_written_is_read()
    {
        BaselineEntry[][] lists =
        [
            s_entries,
            [],
            [s_entries[0]],
            [s_entries[1]],
            [new("IPA5001", "isra", "od\u0001d\n\u2028 object.o", "f\ufffd\ud83d\ude00", "\\\"<>&'+.c")],
        ];
        foreach (var entries in lists)
        {
            var bytes = GateBaselineFile.Serialize(new GateBaseline(entries));
            Assert.That(Read(bytes).Entries, Is.EquivalentTo(entries));
            Assert.That(GateBaselineFile.Serialize(Read(bytes)), Is.EqualTo(bytes));
            Assert.That(bytes, Has.None.EqualTo((byte)'\r'));
            Assert.That(bytes[^1], Is.EqualTo((byte)'\n'));
        }
    }

    [Test]
    public void A_file_that_git_or_an_editor_touched_means_the_same()
    {
        foreach (var text in (string[])["\uFEFF" + Expected, Expected.ReplaceLineEndings("\r\n"), Expected.Replace("\n", "", StringComparison.Ordinal)])
        {
            Assert.That(Read(Encoding.UTF8.GetBytes(text)).Entries, Is.EquivalentTo(s_entries));
        }
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("17")]
    [TestCase("""{ "version": 2, "objects": [], "functions": [] }""")]
    [TestCase("""{ "version": "1", "objects": [], "functions": [] }""")]
    [TestCase("""{ "version": 99999999999, "objects": [], "functions": [] }""")]
    [TestCase("""{ "version": 1.5, "objects": [], "functions": [] }""")]
    [TestCase("""{ "version": 1 }""")]
    [TestCase("""{ "version": 1, "version": 1, "objects": [], "functions": [] }""")]
    [TestCase("""{ "version": 1, "objects": {}, "functions": [] }""")]
    [TestCase("""{ "version": 1, "objects": [null], "functions": [] }""")]
    [TestCase("""{ "version": 1, "objects": [{ "violations": ["IPA5005"], "objects": [1] }], "functions": [] }""")]
    [TestCase("""{ "version": 1, "objects": [{ "violations": ["IPA5005"], "objects": ["\ud800"] }], "functions": [] }""")]
    [TestCase("""{ "version": 1, "objects": [], "functions": [{ "violation": "IPA5001 isra", "functions": [[]] }] }""")]
    [TestCase("""{ "version": 1, "objects": [], "functions": [{ "violation": "IPA5001 isra", "functions": [["a.o", null]] }] }""")]
    [TestCase("<<<<<<< HEAD")]
    public void What_is_no_baseline_is_one_error(string text) => Refuses(Encoding.UTF8.GetBytes(text));

    [Test]
    public void A_merge_conflict_is_one_error() =>
        Refuses(Encoding.UTF8.GetBytes(Expected.Replace("      \"objects\": [\n        \"z.o\"", "<<<<<<< HEAD\n=======\n>>>>>>> x\n", StringComparison.Ordinal)));

    [Test]
    public void No_damage_is_more_than_an_error()
    {
        var good = Encoding.UTF8.GetBytes(Expected);
        var random = new Random(11);
        for (var i = 0; i < 4000; i++)
        {
            var bytes = good[..random.Next(good.Length + 1)];
            for (var changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var diagnostics = new DiagnosticBag();
            var baseline = GateBaselineFile.Read(bytes, "gate.json", diagnostics);
            Assert.That(diagnostics.Count, Is.EqualTo(baseline is null ? 1 : 0), Convert.ToBase64String(bytes));
        }
    }

    private static GateBaseline Read(byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        var baseline = GateBaselineFile.Read(bytes, "gate.json", diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return baseline!;
    }

    private static void Refuses(byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        Assert.That(GateBaselineFile.Read(bytes, "gate.json", diagnostics), Is.Null);
        Assert.That(diagnostics.Select(d => (d.Code, d.File)), Is.EqualTo([("IPA1019", "gate.json")]));
        Assert.That(diagnostics.Single().Message, Does.Contain("IpaUpdateGateBaseline"));
    }
}
