namespace IpaAnalysis.Tests.Recompile;

/// <summary>What is known of the same text, command and object is not asked again.</summary>
internal sealed class AnswerKeepingTests
{
    private const string Source = """
        __attribute__((noinline)) int f(int a) { return a * a + 1; }
        int g(int a) { return f(a) + f(a); }
        """;

    [Test]
    public void Same_question_again()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        var first = unit.Ask("f");
        Assert.That(unit.Asked, Is.EqualTo(1));
        var second = unit.Ask("f");
        Assert.That(unit.Asked, Is.Zero);
        Assert.That(second.Facts, Is.EqualTo(first.Facts).And.Not.Empty);
        Assert.That(second.Differences, Is.EqualTo(first.Differences));
        Assert.That(second.Causes, Is.Empty);
    }

    [Test]
    public void Damaged_store()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        var first = unit.Ask("f");
        var store = unit.Tree["exact.state"];
        var bytes = File.ReadAllBytes(store);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(store, bytes);
        Assert.That(unit.Ask("f").Facts, Is.EqualTo(first.Facts));
        Assert.That(unit.Asked, Is.EqualTo(1));
    }

    [Test]
    public void Left_by_a_process_that_was_killed()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        unit.Tree.Write("recompile/2147483647-1/0/1/unit.i", "int left;");
        Assert.That(unit.Ask("f").Facts, Is.Not.Empty);
    }

    [Test]
    public void Same_answer_with_any_number_of_compilers_at_once()
    {
        using var one = new RecompiledUnit("gcc", "-O2", Source) { Jobs = 1 };
        using var many = new RecompiledUnit("gcc", "-O2", Source) { Jobs = 8 };
        Assert.That(one.Ask("f").Facts, Is.EqualTo(many.Ask("f").Facts));
    }
}
