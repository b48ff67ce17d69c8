using IpaAnalysis.Files.State;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.Sessions.State;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>Hostile names arrive exactly.</summary>
internal sealed class ItemTests
{
    private static readonly string[] s_names =
    [
        "plain", "a;b", "a%3Bb", "%24(X)", "$(X)", "@(Y)", "@(Y->'%(Z)')", "%(Line)", "say \"it's\"", "two\nlines\r\n", @"back\slash",
        " blanks ", "*?.c", "größe_函数_🐧", "%", "%%", "%4", "\t", "../../etc/passwd",
    ];

    [TestCaseSource(nameof(s_names))]
    public void Metadata_are_exact(string name)
    {
        var item = AffectedItem.Of(Row(name));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.GetMetadata("Symbol"), Is.EqualTo(name));
            Assert.That(item.GetMetadata("Object"), Is.EqualTo(name + ".o"));
            Assert.That(item.GetMetadata("Function"), Is.EqualTo(name));
            Assert.That(item.GetMetadata("SourceFile"), Is.EqualTo(name + ".c"));
            Assert.That(item.GetMetadata("PatchedFunction"), Is.EqualTo(name + ".c:" + name));
            Assert.That(item.GetMetadata("Line"), Is.EqualTo("3"));
            Assert.That(item.GetMetadata("Column"), Is.Empty);
            Assert.That(item.GetMetadata("Reason"), Is.EqualTo("inlined+cloned"));
            Assert.That(item.GetMetadata("Emitted"), Is.EqualTo("unknown"));
            Assert.That(item.GetMetadata("Confirmed"), Is.EqualTo("false"));
        }
    }

    [TestCaseSource(nameof(s_names))]
    public void Identities_unescape_to_the_display_key(string name)
    {
        var item = (ITaskItem2)AffectedItem.Of(Row(name));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.ItemSpec, Is.EqualTo($"{name}.o!{name}".Replace('\\', '/')));
            Assert.That(item.EvaluatedIncludeEscaped, Does.Not.Contain(";").And.Not.Contain("$(").And.Not.Contain("@(").And.Not.Contain("\n"));
        }
    }

    [TestCaseSource(nameof(s_names))]
    public void A_stored_row_is_the_same_row(string name)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        AffectedRow.Write(writer, Row(name));
        writer.Flush();
        Assert.That(AffectedRow.Read(new StateReader(stream.ToArray())), Is.EqualTo(Row(name)));
    }

    private static AffectedRow Row(string name) => new(
        name + ".o", name, name, name + ".c", 3, 0, name + ".c:" + name, "inlined+cloned", "unknown", "false", IsAffected: true, MustBePatched: true);
}
