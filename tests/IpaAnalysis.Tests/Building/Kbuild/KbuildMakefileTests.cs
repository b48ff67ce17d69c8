using IpaAnalysis.Building.Kbuild.Trees;

namespace IpaAnalysis.Tests.Building.Kbuild;

[TestFixture]
internal sealed class KbuildMakefileTests
{
    [Test]
    public void Recipes_are_for_the_shell_and_say_nothing_of_make()
    {
        var makefile = KbuildMakefile.Parse("obj-m := a.o\n\n$(obj)/boot.o: boot.c FORCE\n\t$(call if_changed,cc_boot)\n\techo $(shell date)\n\ninclude $(src)/more.mk\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(makefile.Obscure, Is.Null);
            Assert.That(makefile.Includes, Is.EqualTo(["$(src)/more.mk"]));
            Assert.That(makefile.Variables, Is.SupersetOf(["obj", "src"]));
        }
    }

    [TestCase("A := $(shell ls)", "$(shell ls)")]
    [TestCase("A = ${shell git describe} # why", "${shell git describe}")]
    [TestCase("A != date", "A != date")]
    [TestCase("K := /lib/modules/$(shell uname -r)/build", null)]
    [TestCase("P := $(shell pwd)", null)]
    [TestCase("# A := $(shell ls)", null)]
    public void What_only_a_shell_can_tell_is_obscure(string line, string? expected) =>
        Assert.That(KbuildMakefile.Parse(line + "\n").Obscure, Is.EqualTo(expected));
}
