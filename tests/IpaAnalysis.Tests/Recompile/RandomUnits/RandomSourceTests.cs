using System.Globalization;
using IpaAnalysis.Tests.Recompile.Assembly;

namespace IpaAnalysis.Tests.Recompile.RandomUnits;

/// <summary>
/// Over units made by chance, no function that reads a register behind a call which the callee may change counts as one that relies on
/// nothing. The suite tries a share; <c>IPA_RANDOM_UNITS</c> says how many (400: about half an hour of processor time).
/// </summary>
[TestFixture]
internal sealed class RandomSourceTests
{
    private const int Share = 20;

    [Test]
    public void Who_trusts_a_register_across_a_call_relies_on_the_callee()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("IPA_RANDOM_UNITS"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : Share;
        var (asked, facts, decisions, readers) = (0, 0, 0, 0);
        var wrong = new List<string>();
        for (var seed = 0; seed < count; seed++)
        {
            var (text, flags, functions) = RandomSource.Of(seed);
            var reads = new RegisterReads(AssemblyTexts.Compile("gcc", flags, text));
            using var unit = new RecompiledUnit("gcc", flags, text);

            // All that some function trusts, and one in five of the others.
            string[] patched = [.. functions.Where((f, i) => unit.Holds(f) && (reads.Behind(f).Any() || i % 5 == seed % 5))];
            foreach (var (function, answer) in patched.Zip(unit.AskAll(patched)))
            {
                (asked, facts, decisions) = (asked + 1, facts + answer.Facts.Length, decisions + answer.Decisions.Length);
                var affected = answer.Facts.Select(f => f.Split(' ')[0]).Union(unit.Shown(function)).ToHashSet(StringComparer.Ordinal);
                foreach (var reader in reads.Behind(function))
                {
                    readers++;
                    if (answer.Causes.Length == 0 && !affected.Contains(reader))
                    {
                        var isDecision = answer.Decisions.Any(d => d.Split(' ')[0] == reader);
                        wrong.Add($"seed {seed} ({flags}): {reader} reads a register behind {function}, {(isDecision ? "a decision" : "not told")}");
                    }
                }
            }
        }

        TestContext.Out.WriteLine($"{count} units, {asked} functions asked about, {facts} facts, {decisions} decisions, {readers} readers of registers");
        Assert.That(wrong, Is.Empty);
        Assert.That(readers, Is.GreaterThanOrEqualTo(count / 10));
        Assert.That(facts, Is.GreaterThanOrEqualTo(count / 4));
    }

    [TestCase("movl %edi,%ebx\n call f\n movl %ebx,%eax\n ret", false)]
    [TestCase("call f\n movl %edi,%eax\n ret", true)]
    [TestCase("call f@PLT\n addl %eax,%ecx\n ret", true)]
    [TestCase("call f\n movl $3,%edi\n jmp .L1\n.L1:\n movl %edi,%eax\n ret", false)]
    [TestCase("call f\n testl %eax,%eax\n jne .L1\n movl $3,%esi\n.L1:\n movl %esi,%eax\n ret", true)]
    [TestCase("call f\n call ext0\n ret", true)]
    [TestCase("call f\n movl %eax,%edi\n movl %eax,%esi\n call ext0\n addl %ecx,%eax\n ret", false)]
    [TestCase("call f\n xorl %edx,%edx\n movb $1,%cl\n ret", false)]
    [TestCase("call f\n movl (%rsi),%eax\n ret", true)]
    [TestCase("call f\n imull $3,%r9d,%eax\n ret", true)]
    public void Reading_is_seen(string body, bool reads)
    {
        var text = $"f:\n ret\n.size f, .-f\ng:\n{body}\n.size g, .-g\n";
        Assert.That(new RegisterReads(System.Text.Encoding.ASCII.GetBytes(text)).Behind("f"), Is.EqualTo(reads ? ["g"] : Array.Empty<string>()));
    }
}
