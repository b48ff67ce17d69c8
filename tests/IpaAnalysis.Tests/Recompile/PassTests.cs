namespace IpaAnalysis.Tests.Recompile;

/// <summary>Each pass that leaves no clone is found by its effect, and nothing is found where it is off.</summary>
[TestFixture("gcc")]
[TestFixture("gcc-11")]
[TestFixture("aarch64-linux-gnu-gcc")]
internal sealed class PassTests(string compiler)
{
    private static readonly object[] s_facts =
    [
        new object[] { PassCases.RegisterAllocation, "ipa-ra" },
        new object[] { PassCases.Modref, "ipa-modref" },
        new object[] { PassCases.PureConst, "ipa-pure-const" },
        new object[] { PassCases.NoReturn, "ipa-pure-const" },
        new object[] { PassCases.Malloc, "ipa-pure-const" },
        new object[] { PassCases.Reference, "ipa-reference" },
        new object[] { PassCases.Recursion, "ipa-pure-const" },
    ];

    [TestCaseSource(nameof(s_facts))]
    public void Caller_that_relies_on_a_fact(string source, string pass)
    {
        using var on = new RecompiledUnit(compiler, PassCases.Flags(pass), source);
        using var off = new RecompiledUnit(compiler, PassCases.Flags(), source);
        var answer = on.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.EqualTo(new[] { $"g {pass}" }));
        Assert.That(answer.Decisions, Is.Empty);
        Assert.That(answer.Differences[0], Does.Contain("\n"));
        Assert.That(off.Ask("f").Facts, Is.Empty);
    }

    [Test]
    public void Caller_that_does_not_align_the_stack()
    {
        // AArch64 keeps the stack aligned in every function.
        using var on = new RecompiledUnit(compiler, PassCases.Flags("ipa-stack-alignment"), PassCases.StackAlignment);
        using var off = new RecompiledUnit(compiler, PassCases.Flags(), PassCases.StackAlignment);
        Assert.That(on.Ask("f").Facts, compiler.StartsWith("aarch64", StringComparison.Ordinal) ? Is.Empty : Is.EqualTo(new[] { "g ipa-stack-alignment" }));
        Assert.That(off.Ask("f").Facts, Is.Empty);
    }

    [TestCase(PassCases.ValueRange, "ipa-vrp")]
    [TestCase(PassCases.KnownBits, "ipa-bit-cp")]
    public void Callee_compiled_for_what_it_is_passed(string source, string pass)
    {
        using var on = new RecompiledUnit(compiler, PassCases.Flags(pass, "ipa-cp"), source);
        using var off = new RecompiledUnit(compiler, PassCases.Flags("ipa-cp"), source);
        Assert.That(on.Ask("f").UnsafeCallees, Is.EqualTo(new[] { $"c {pass}" }));
        Assert.That(off.Ask("f").UnsafeCallees, Is.Empty);
    }

    [Test]
    public void Callee_of_which_a_clone_is_left()
    {
        using var on = new RecompiledUnit(compiler, PassCases.Flags("ipa-cp"), PassCases.Constant);
        using var off = new RecompiledUnit(compiler, PassCases.Flags(), PassCases.Constant);
        Assert.That(on.Ask("f").UnsafeCallees, Is.EqualTo(new[] { "c.constprop.0 constprop" }));
        Assert.That(off.Ask("f").UnsafeCallees, Is.Empty);
    }

    [TestCase(PassCases.ReadOnlyVariable, "level r:f,g w:")]
    [TestCase(PassCases.WriteOnlyVariable, "last r: w:f,g")]
    public void Variable_that_is_folded(string source, string folded)
    {
        using var on = new RecompiledUnit(compiler, PassCases.Flags("ipa-reference-addressable"), source);
        using var off = new RecompiledUnit(compiler, PassCases.Flags(), source);
        Assert.That(on.Ask("f").FoldedVariables, Is.EqualTo(new[] { folded }));
        Assert.That(off.Ask("f").FoldedVariables, Is.Empty);
    }

    [Test]
    public void Fact_that_goes_through_a_function()
    {
        using var on = new RecompiledUnit(compiler, PassCases.Flags("ipa-pure-const"), PassCases.Chain);
        using var off = new RecompiledUnit(compiler, PassCases.Flags(), PassCases.Chain);
        Assert.That(on.Ask("f").Facts, Is.EqualTo(new[] { "g ipa-pure-const" }));
        Assert.That(on.Ask("h").Facts, Is.EqualTo(new[] { "g ipa-pure-const" }));
        Assert.That(off.Ask("f").Facts, Is.Empty);
    }

    [TestCase(PassCases.Inlined, "", "-fno-inline")]
    [TestCase(PassCases.CallsConstantClone, "ipa-cp", "")]
    [TestCase(PassCases.CallsParameterClone, "ipa-sra", "")]
    [TestCase(PassCases.PartlyInlined, "partial-inlining", "-fno-inline")]
    public void Copies_that_the_dump_shows_are_confirmed(string source, string pass, string off)
    {
        using var on = new RecompiledUnit(compiler, PassCases.Flags(pass), source);
        using var without = new RecompiledUnit(compiler, $"{PassCases.Flags()} {off}", source);
        var answer = on.Ask("f");
        Assert.That(answer.Facts, Is.Empty);
        Assert.That(answer.Confirmed["g"], Is.True);
        Assert.That(answer.Confirmed.Values, Is.All.True);
        var twin = without.Ask("f");
        Assert.That(twin.Facts, Is.Empty);
        Assert.That(twin.Confirmed, Is.Empty);
    }
}
