using IpaAnalysis.CommandLines;
using IpaAnalysis.Processes;
using IpaAnalysis.Tests.Properties;

namespace IpaAnalysis.Tests.CommandLines;

[TestFixture]
internal sealed class GccArgumentsTests
{
    [TestCase(null, new string[0])]
    [TestCase("  \t\n ", new string[0])]
    [TestCase("-O2  -g\n-Wall", new[] { "-O2", "-g", "-Wall" })]
    [TestCase("-DX=\"a b\"", new[] { "-DX=a b" })]
    [TestCase("'-DX=\"a b\"'", new[] { "-DX=\"a b\"" })]
    [TestCase("-DX=\\\"a\\ b\\\"", new[] { "-DX=\"a b\"" })]
    [TestCase("a\\\\b 'c\\'d' \"\"", new[] { "a\\b", "c'd", "" })]
    [TestCase("-I\"x y\"/z'w'", new[] { "-Ix y/zw" })]
    [TestCase("'open", new[] { "open" })]
    [TestCase("end\\", new[] { "end" })]
    [TestCase("a\fb\vc\rd", new[] { "a", "b", "c", "d" })]
    public void Splits_as_libiberty(string? text, string[] expected) =>
        Assert.That(GccArguments.Split(text), Is.EqualTo(expected));

    [Test]
    public void What_is_quoted_is_split_back_exactly()
    {
        string[] alphabet = [.. "ab -'\"\\ \t\n\v\f\r$#%@=é".Select(c => $"{c}"), "😀"];
        PropertyCheck.Holds(5000, Lists.Of(Lists.OfPieces(alphabet, 7), 4), Lists.ShorterOrSmaller, list =>
        {
            string[] arguments = [.. list.Select(word => string.Concat(word))];
            var text = string.Join(' ', arguments.Select(GccArguments.Quote));
            Assert.That(GccArguments.Split(text), Is.EqualTo(arguments), text);
        });
    }

    [Test]
    public void A_response_file_has_no_byte_order_mark() =>
        Assert.That(GccArguments.ResponseFile(["-c", "é x"]), Is.EqualTo("-c\né\\ x\n"u8.ToArray()));

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void Gcc_reads_response_files_as_we_write_them(string compiler)
    {
        using var sandbox = new Sandbox();
        string[] values = ["a b", "it's", "\"q\"", "back\\slash", "tab\there", "new\nline", "é", "@x", "$HOME", "", "end\\"];
        var source = "";
        foreach (var (value, index) in values.Select(static (value, index) => (value, index)))
        {
            var literal = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
            source += $"_Static_assert(sizeof(X{index}) == sizeof(\"{literal}\") && !__builtin_strcmp(X{index}, \"{literal}\"), \"{index}\");\n";
        }

        sandbox.Write("t.c", source);
        var arguments = values.Select(static (value, index) =>
                $"-DX{index}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal)}\"")
            .Append("-fsyntax-only").Append("t.c").ToArray();
        GccArguments.WriteResponseFile(sandbox.PathOf("r.rsp"), arguments);
        var result = ToolProcess.Run(
            new ToolRequest { Program = Tools.Require(compiler), Arguments = ["@r.rsp"], WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment },
            CancellationToken.None);
        Assert.That((result.ExitCode, string.Join('\n', result.Errors)), Is.EqualTo((0, "")));
    }
}
