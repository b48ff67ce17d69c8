using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>The first sample: what each kind of clone means for a patch.</summary>
internal sealed partial class QuickStartTests : PackageTest
{
    private static readonly string[] FindRecordAffects =
    [
        "src/parser.o!find_record.constprop.0",
        "src/parser.o!find_record.constprop.0.isra.0",
        "src/parser.o!name_offset",
        "src/parser.o!number_offset",
        "src/parser.o!packet_number",
        "src/parser.o!parse_packet",
    ];

    private static readonly string[] InBoundsAffects =
    [
        "src/parser.o!find_record",
        "src/parser.o!find_record.constprop.0",
        "src/parser.o!find_record.constprop.0.isra.0",
        "src/parser.o!name_offset",
        "src/parser.o!number_offset",
        "src/parser.o!packet_number",
        "src/parser.o!parse_header",
        "src/parser.o!parse_packet",
    ];

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc", Description = "big-endian")]
    public void Every_chain_is_in_the_manifest(string compiler)
    {
        Tools.Require(compiler);
        var project = NewProject().CopySample("QuickStart");
        var sources = FileSnapshot.Take(project.Directory);
        var build = project.Build("-p:IpaCompiler=" + compiler).MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);

        var inlined = manifest.Patched("parse_header");
        var cloned = manifest.Patched("find_record");
        var deep = manifest.Patched("in_bounds");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sources.Differences(FileSnapshot.Take(project.Directory)), Has.None.Not.Match("^added (bin|obj)/"), "the user's files");
            Assert.That(build.Codes, Is.Empty);
            Assert.That(manifest.Complete);
            Assert.That(manifest.Gate.Verdict, Is.EqualTo("passed"));
            Assert.That(manifest.Compilers, Has.Count.EqualTo(1));

            Assert.That(inlined.SourceFile, Is.EqualTo("src/parser.c"));
            Assert.That(inlined.Instances, Is.EqualTo(["src/parser.o!parse_header"]));
            Assert.That(inlined.AffectedKeys, Is.EqualTo(["src/parser.o!parse_packet"]));
            Assert.That(inlined["parse_packet"].Reasons, Is.EqualTo(["inlined from parse_header"]));
            Assert.That(inlined["parse_packet"].Passes, Is.EqualTo(["inline"]));
            Assert.That(inlined.FunctionsToPatch, Is.EqualTo(["src/parser.o!parse_header", "src/parser.o!parse_packet"]));

            Assert.That(cloned.Instances, Is.EqualTo(["src/parser.o!find_record -"]));
            Assert.That(cloned.AffectedKeys, Is.EqualTo(FindRecordAffects));
            Assert.That(cloned["find_record.constprop.0"].Emitted, Is.False);
            Assert.That(cloned["find_record.constprop.0"].Reasons, Is.EqualTo(["cloned from find_record"]));
            Assert.That(cloned["find_record.constprop.0"].Passes, Is.EqualTo(["constprop"]));
            Assert.That(cloned["find_record.constprop.0.isra.0"].Emitted, Is.True);
            Assert.That(cloned["find_record.constprop.0.isra.0"].Function, Is.EqualTo("find_record"));
            Assert.That(cloned["find_record.constprop.0.isra.0"].Reasons, Is.EqualTo(["cloned from find_record.constprop.0"]));
            Assert.That(cloned["find_record.constprop.0.isra.0"].Passes, Is.EqualTo(["isra"]));
            Assert.That(cloned["name_offset"].Reasons, Is.EqualTo(["callsClone from find_record.constprop.0.isra.0"]));
            Assert.That(cloned["parse_packet"].Reasons, Does.Contain("callsClone from find_record.constprop.0.isra.0"));
            Assert.That(cloned.FunctionsToPatch, Is.EqualTo(FindRecordAffects[2..]));

            Assert.That(deep.SourceFile, Is.EqualTo("src/parser.c"));
            Assert.That(deep.AffectedKeys, Is.EqualTo(InBoundsAffects));
            Assert.That(deep["parse_packet"].Reasons, Does.Contain("inlined from parse_header"));
            Assert.That(deep["packet_number"].Reasons, Does.Contain("inlined from in_bounds"));
            Assert.That(deep["packet_number"].Reasons, Does.Contain("callsClone from find_record.constprop.0.isra.0"));
            Assert.That(deep.FunctionsToPatch, Is.EqualTo(InBoundsAffects[3..]));

            Assert.That(manifest.Summary("objects"), Is.EqualTo(3));
            Assert.That(manifest.Summary("patchedFunctions"), Is.EqualTo(3));
            Assert.That(manifest.Summary("affectedFunctions"), Is.EqualTo(8));
            Assert.That(manifest.Summary("functionsToPatch"), Is.EqualTo(5));
        }
    }

    [Test]
    public void Later_targets_see_one_item_per_affected_symbol()
    {
        Tools.Require("gcc");
        var build = NewProject().CopySample("QuickStart").Build().MustSucceed();
        var clone = build.Affected.Single(i => i["Symbol"] == "find_record.constprop.0.isra.0");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Affected.Select(i => $"{i["Object"]}!{i["Symbol"]}"), Is.EquivalentTo(InBoundsAffects));
            Assert.That(
                build.ToPatch.Select(i => i["Symbol"]),
                Is.EquivalentTo(["name_offset", "number_offset", "packet_number", "parse_header", "parse_packet"]));
            Assert.That(clone.Identity, Is.EqualTo("src/parser.o!find_record.constprop.0.isra.0"));
            Assert.That(clone["Function"], Is.EqualTo("find_record"));
            Assert.That(clone["SourceFile"], Is.EqualTo("src/parser.c"));
            Assert.That(clone["Line"], Is.EqualTo("24"));
            Assert.That(clone["Emitted"], Is.EqualTo("true"));
            Assert.That(clone["Reason"], Is.EqualTo("cloned"));
            Assert.That(clone["PatchedFunction"], Is.EqualTo("src/parser.c:find_record+src/parser.c:in_bounds"));
            Assert.That(build.ToPatch.Single(i => i["Symbol"] == "parse_header")["Reason"], Does.Contain("patched"));
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void Every_function_with_copies_is_listed_in_scope_all(string compiler)
    {
        Tools.Require(compiler);
        var build = NewProject().WrapSample("QuickStart", """<IpaSource Include="src/*.c" />""", ProjectStyle.NetSdk)
            .Build("-p:IpaManifestScope=all", "-p:IpaCompiler=" + compiler).MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);

        var header = manifest.Patched("read_u16");
        var recursive = manifest.Patched("count_level");
        var split = manifest.Patched("report_errors");
        var twins = manifest.PatchedFunctions.Where(p => p.Function == "in_bounds").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(header.SourceFile, Is.EqualTo("src/packet.h"));
            Assert.That(header.Instances, Is.EqualTo(["src/parser.o!read_u16 -", "src/report.o!read_u16 -"]));
            Assert.That(
                header.AffectedKeys,
                Is.EqualTo(["src/parser.o!packet_number", "src/parser.o!parse_header", "src/parser.o!parse_packet", "src/report.o!report_packet"]));

            Assert.That(recursive.Instances, Is.EqualTo(["src/count.o!count_level"]));
            Assert.That(recursive.AffectedKeys, Is.EqualTo(["src/count.o!count_records"]), "recursion adds nothing");
            Assert.That(recursive.FunctionsToPatch, Is.EqualTo(["src/count.o!count_level", "src/count.o!count_records"]));

            Assert.That(split["report_errors.part.0"].Reasons, Is.EqualTo(["cloned from report_errors"]));
            Assert.That(split["report_errors.part.0"].Passes, Is.EqualTo(["part"]));
            Assert.That(split["report_packet"].Reasons, Does.Contain("inlined from report_errors"));
            Assert.That(split["report_packet"].Reasons, Does.Contain("callsClone from report_errors.part.0"));
            Assert.That(split.FunctionsToPatch, Is.EqualTo(["src/report.o!report_names", "src/report.o!report_packet"]));

            Assert.That(twins.Select(t => t.SourceFile), Is.EqualTo(["src/parser.c", "src/report.c"]));
            Assert.That(
                twins[^1].AffectedKeys,
                Is.EqualTo(["src/report.o!report_bytes", "src/report.o!report_bytes.isra.0", "src/report.o!report_names", "src/report.o!report_packet"]));
        }
    }

    [Test]
    public void Without_patched_functions_the_manifest_is_an_index()
    {
        Tools.Require("gcc");
        var build = NewProject().WrapSample("QuickStart", """<IpaSource Include="src/*.c" />""").Build().MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);
        var row = manifest.Root.GetProperty("functions").EnumerateArray().Single(f => f.GetProperty("function").GetString() == "find_record");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                manifest.Members,
                Is.EqualTo(["$schema", "schemaVersion", "complete", "compilers", "summary", "patchedFunctions", "functions", "gate", "diagnostics"]));
            Assert.That(row.GetProperty("instanceCount").GetInt32(), Is.EqualTo(1));
            Assert.That(row.GetProperty("affectedCount").GetInt32(), Is.EqualTo(6));
            Assert.That(row.GetProperty("functionsToPatchCount").GetInt32(), Is.EqualTo(4));
            Assert.That(build.Affected, Is.Empty);
            Assert.That(build.ToPatch, Is.Empty);
        }
    }

    [Test]
    public void The_explanation_follows_each_chain()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart");
        project.Run("IpaExplain", ["-p:IpaFunction=find_record", "-p:IpaExplainFile=explanation.txt"]).MustSucceed();
        // Orders are GCC's business: they differ between its releases.
        var text = OrderNumbers().Replace(File.ReadAllText(project.Path("explanation.txt")), "/N");
        Assert.That(text, Is.EqualTo("""
            Function: find_record/N (src/parser.c:24:39) [not emitted] in src/parser.o
              constprop: find_record.constprop.0/N (src/parser.c:24:39) [not emitted]
                isra: find_record.constprop.0.isra.0/N (src/parser.c:24:39) [emitted]
                  called by: name_offset/N (src/parser.c:37:6) [emitted]
                    inlining to: parse_packet/N (src/parser.c:54:5) [emitted]
                  called by: number_offset/N (src/parser.c:42:6) [emitted]
                    inlining to: packet_number/N (src/parser.c:47:10) [emitted]
                  called by: packet_number/N (src/parser.c:47:10) [emitted]
                  called by: parse_packet/N (src/parser.c:54:5) [emitted]

              Affected functions: 6
                find_record.constprop.0/N (src/parser.c:24:39) [not emitted]: cloned (constprop) from find_record
                find_record.constprop.0.isra.0/N (src/parser.c:24:39) [emitted]: cloned (isra) from find_record.constprop.0
                name_offset/N (src/parser.c:37:6) [emitted]: callsClone (isra) from find_record.constprop.0.isra.0
                number_offset/N (src/parser.c:42:6) [emitted]: callsClone (isra) from find_record.constprop.0.isra.0
                packet_number/N (src/parser.c:47:10) [emitted]: callsClone (isra) from find_record.constprop.0.isra.0, inlined (inline) from number_offset
                parse_packet/N (src/parser.c:54:5) [emitted]: callsClone (isra) from find_record.constprop.0.isra.0, inlined (inline) from name_offset

              Exact: yes

            Functions to patch: 4
              name_offset in src/parser.o
              number_offset in src/parser.o
              packet_number in src/parser.o
              parse_packet in src/parser.o
            Exact: yes

            """));
    }

    [Test]
    public void The_explanation_counts_repeated_edges_and_marks_recursion()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart");
        var build = project.Run("IpaExplain", ["-p:IpaFunction=count_level", "-v:n"]).MustSucceed();
        var text = File.ReadAllText(project.Path("obj", "Debug", "net10.0", "ipa", "explanation.txt"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Match(@"inlining to: count_level/\d+ \(src/count\.c:5:\d+\) \[emitted\] \[edges: \d+\] \[recursion\]"));
            Assert.That(text, Does.Contain("Affected functions: 1\n"));
            Assert.That(build.Output, Does.Contain("Function: count_level"), "it is printed too");
        }
    }

    [Test]
    public void The_explanation_needs_a_function_or_a_patched_one()
    {
        Tools.Require("gcc");
        NewProject().WrapSample("QuickStart", """<IpaSource Include="src/*.c" />""").Run("IpaExplain").MustFailWith("IPA1015");
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"/\d+(?= \()")]
    private static partial System.Text.RegularExpressions.Regex OrderNumbers();
}
