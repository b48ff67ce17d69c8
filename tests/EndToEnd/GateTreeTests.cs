using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>The gate on what something else compiled: with recorded options or without, by compilers that are there or not.</summary>
internal sealed class GateTreeTests : PackageTest
{
    private const string Source = "int external(int); int f(int v) { return external(v) + 1; }\n";

    [Test]
    public void Each_object_is_judged_by_its_own_compiler_and_options_and_none_is_passed_in_silence()
    {
        foreach (var compiler in (string[])["gcc", "gcc-11", "aarch64-linux-gnu-gcc", "s390x-linux-gnu-gcc"])
        {
            Tools.Require(compiler);
        }

        var project = NewProject().Write("src/f.c", Source);
        void Unit(string stem, string compiler, params string[] flags) => project.Compile("src/f.c", $"tree/{stem}.o", compiler, flags);
        string Command(string stem, string compiler, string flags = "") => $$"""
              { "directory": "{{project.Directory}}", "file": "src/f.c", "output": "tree/{{stem}}.o", "command": "{{compiler}} -O2 {{flags}} -c src/f.c -o tree/{{stem}}.o" }
            """;

        Unit("command12", "gcc");
        Unit("command11", "gcc-11");
        Unit("clean", "gcc", "-fno-ipa-ra");
        Unit("debug12", "gcc", "-g");
        Unit("debug11", "gcc-11", "-g", "-fno-ipa-ra");
        Unit("recorded11", "gcc-11", "-frecord-gcc-switches");
        Unit("arm", "aarch64-linux-gnu-gcc", "-g");
        Unit("ibm", "s390x-linux-gnu-gcc");
        Unit("silent", "gcc");
        Unit("gone", "gcc", "-fno-ident");
        Unit("renamed", "gcc");
        Unit("plugin", "gcc");
        var commands = $"""
            [
            {Command("command12", "gcc")},
            {Command("command11", "gcc-11")},
            {Command("clean", "gcc", "-fno-ipa-ra")},
            {Command("ibm", "s390x-linux-gnu-gcc")},
            {Command("gone", "gcc-4.9", "-fno-ident")},
            {Command("renamed", "my-build-farms-gcc")},
            {Command("plugin", "gcc", "-fplugin=./evil.so")}
            ]

            """;
        project.Write("meta/commands.json", commands).Wrap("""
            <IpaObjectTree Include="tree" />
            <IpaForbiddenPass Include="ipa-ra" Severity="Warning" />
            """).Build().MustSucceed();

        string[] outside = ["IpaCompileCommands=meta/commands.json"];
        var builds = project.BuildVariants(
            new Variant("bare"),
            new Variant("recorded", outside),
            new Variant("recorded-again", outside),
            new Variant("strict", [.. outside, "IpaGateSeverity=Error"]),
            new Variant("update", [.. outside, "IpaGateSeverity=Error", "IpaGateBaseline=known.json"]) { Target = "IpaUpdateGateBaseline" },
            new Variant("known", [.. outside, "IpaGateSeverity=Error", "IpaGateBaseline=known.json"]));

        // The same commands inside the tree are found there.
        project.Write("tree/compile_commands.json", commands);
        var inside = project.BuildVariants(new Variant("inside"));

        var gcc = "GCC " + ChildProcess.MustRun("gcc", ["-dumpfullversion"], project.Directory).Trim();
        var bare = builds["bare"].Gate;
        var recorded = builds["recorded"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bare.ObjectsOf("ipa-ra"), Is.EqualTo(["arm.o", "debug12.o", "recorded11.o"]), "what objects record of themselves");
            Assert.That(
                bare.Violations.Where(v => v.Code == "IPA5005").SelectMany(v => v.Objects).Order(StringComparer.Ordinal),
                Is.EqualTo(["clean.o", "command11.o", "command12.o", "gone.o", "ibm.o", "plugin.o", "renamed.o", "silent.o"]));

            Assert.That(recorded.Succeeded, "options that are unknown weigh as the gate does");
            Assert.That(recorded.Gate.ObjectsOf("ipa-ra"), Is.EqualTo(
                ["arm.o", "command11.o", "command12.o", "debug12.o", "ibm.o", "recorded11.o", "renamed.o"]));
            Assert.That(recorded.Gate.Violations.Where(v => v.Objects.Contains("command11.o")).Select(v => v.Evidence), Is.All.StartsWith("GCC 11."));
            Assert.That(recorded.Gate.Violations.Where(v => v.Objects.Contains("command12.o")).Select(v => v.Evidence), Is.All.StartsWith(gcc));
            Assert.That(recorded.Gate.Violations.Where(v => v.Objects.Contains("renamed.o")).Select(v => v.Evidence), Is.All.StartsWith(gcc), "the object names a compiler that is there");
            string Unknown(string name) => recorded.Gate.Violations.Single(v => v.Code == "IPA5005" && v.Objects.Contains(name)).Evidence!;
            Assert.That(Unknown("silent.o"), Does.Contain("-g or -frecord-gcc-switches"));
            Assert.That(Unknown("gone.o"), Does.Contain("gcc-4.9"));
            Assert.That(Unknown("plugin.o"), Does.Contain("-fplugin=").And.Contain("TrustCommands"));
            Assert.That(recorded.Codes, Is.EqualTo(["IPA5002", "IPA5005", "IPA5005", "IPA5005"]));
            Assert.That(recorded.Log.Warnings.Select(w => w.Message), Has.None.Contains(project.Directory));
            Assert.That(builds["recorded-again"].Log.Diagnostics, Is.EqualTo(recorded.Log.Diagnostics));

            Assert.That((builds["strict"].Succeeded, builds["strict"].Gate.Verdict), Is.EqualTo((false, "failed")));
            Assert.That(builds["strict"].Log.Errors.Select(e => e.Code), Is.EqualTo(["IPA5005", "IPA5005", "IPA5005"]));
            Assert.That((builds["known"].Succeeded, builds["known"].Gate.Verdict, builds["known"].Codes.Count), Is.EqualTo((true, "passed", 0)));
            Assert.That(inside["inside"].Gate.Rows, Is.EqualTo(recorded.Gate.Rows));
        }
    }

    [Test]
    public void A_trusted_tree_may_name_its_compiler_and_another_may_not()
    {
        var gcc = Tools.Require("gcc");
        var project = NewProject().Write("src/f.c", Source).Compile("src/f.c", "tree/f.o", "gcc", "-fno-ident");
        project.Write("tree/own-gcc", $"#!/bin/sh\ntouch '{project.Path("ran")}'\nexec {gcc} \"$@\"\n").Write("tree/compile_commands.json", $$"""
            [{ "directory": "{{project.Directory}}", "file": "src/f.c", "output": "tree/f.o", "command": "tree/own-gcc -O2 -fno-ident -c src/f.c -o tree/f.o" }]
            """);
        File.SetUnixFileMode(project.Path("tree", "own-gcc"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        project.Wrap("""
            <IpaObjectTree Include="tree" TrustCommands="$(Trust)" />
            <IpaForbiddenPass Include="ipa-ra" />
            """, properties: "<IpaGateSeverity>Error</IpaGateSeverity>");
        var message = project.Build().MustFailWith("IPA5005").Message;
        var ran = File.Exists(project.Path("ran"));
        project.Build("-p:Trust=true").MustFailWith("IPA5002");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message, Does.Contain("TrustCommands"));
            Assert.That(ran, Is.False, "what only the tree names is not run");
            Assert.That(project.Path("ran"), Does.Exist);
        }
    }
}
