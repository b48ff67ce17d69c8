using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.Tests.CommandLines.Options;

internal sealed class OptionReaderTests
{
    [TestCase("-O2 -c a.c", "-O=2|-c|a.c")]
    [TestCase("--include foo.c -c a.c", "-include=foo.c|-c|a.c")]
    [TestCase("--plugin=P --ipa-cp --no-ipa-ra -fno-ipa-sra", "-fplugin==P|-fipa-cp|!-fipa-ra|!-fipa-sra")]
    [TestCase("--warn-p,-fplugin=P", "-Wp,=-fplugin=P")]
    [TestCase("--warn-error --warn-no-error --warn-no-p,x", "-Werror|!-Werror|?--warn-no-p,x")]
    [TestCase("--machine-fentry --machine-no-fentry --machine=fentry --machine fentry --machine no-fentry", "-mfentry|!-mfentry|-mfentry|-mfentry|!-mfentry")]
    [TestCase("--debug --debug=3 --optimize --optimize=3 --std=c99 --std gnu11", "-g|-g=3|-O|-O=3|-std=c99|-std=gnu11")]
    [TestCase("--output=x --output x -ox -o x", "-o=x|-o=x|-o=x|-o=x")]
    [TestCase("--param x=1 --param=ipa-cp-eval-threshold=2 --param ipa-cp-eval-threshold=3", "?--param|--param=ipa-cp-eval-threshold==2|--param=ipa-cp-eval-threshold==3")]
    [TestCase("-fstack-check -fno-stack-check -fcf-protection", "-fstack-check==specific|-fstack-check==no|-fcf-protection==full")]
    [TestCase("-x none a.c -x c b", "-x=none|a.c|-x=c|b")]
    [TestCase("-MD x -MF y -MMD -dumpbase z -aux-info=q", "-MD|x|-MF=y|-MMD|-dumpbase=z|-aux-info=q")]
    [TestCase("-fno-plugin=x -Wno-nosuch -fnosuch --nosuch", "?-fno-plugin=x|?-Wno-nosuch|?-fnosuch|?--nosuch")]
    [TestCase("--define-macro A --define-macro=B -DC -D D -UE", "-D=A|-D=B|-D=C|-D=D|-U=E")]
    [TestCase("- -- @f -D", "-|?--|@f|-D")]
    [TestCase("--for-assembler=-al=F --for-assembler x --for-linker=y", "-Xassembler=-al=F|-Xassembler=x|-Xlinker=y")]
    [TestCase("-gno-column-info -gdwarf-4 -ggdb3 -g", "!-gcolumn-info|-gdwarf-=4|-ggdb=3|-g=")]
    [TestCase("--prefix=x --prefix y --specs=z -specs w -specs=v", "-B=x|-B=y|-specs==z|-specs==w|-specs==v")]
    [TestCase("--dump-tree-optimized=F --dump=x --profile-note=F --opt-info-all=F", "-fdump-=tree-optimized=F|-d=x|-fprofile-note==F|-fopt-info-=all=F")]
    [TestCase("--assem --compil", "-S|?--compil")]
    public void Words_are_read_as_gcc_reads_them(string words, string expected) => Assert.That(Show(words.Split(' ')), Is.EqualTo(expected));

    [Test]
    public void The_compiler_proper_reads_some_otherwise()
    {
        var reader = new OptionReader(["-MMD", "d", "-imultiarch", "m", "-quiet"], isDriver: false);
        Assert.That(reader.MoveNext() && reader.Current is { Name: "-MMD", Count: 2 }, Is.True);
        Assert.That(reader.MoveNext() && reader.Current is { Name: "-imultiarch", Count: 2 }, Is.True);
        Assert.That(reader.MoveNext() && reader.Current is { Name: "-quiet" } && !reader.MoveNext(), Is.True);
        reader = new OptionReader(["-quiet"]);
        Assert.That(reader.MoveNext() && reader.Current.Kind == ArgumentKind.Unknown, Is.True);
    }

    [TestCase("gcc -O2 --include foo.c -c a.c", "a.c")]
    [TestCase("gcc -x none -c a.c", "a.c")]
    [TestCase("gcc --machine fentry -c a.c", "a.c")]
    [TestCase("gcc -MD -MF b.c -c a.c", "a.c")]
    [TestCase("gcc -wrapper b.c -c a.c", "a.c")]
    [TestCase("gcc --for-assembler b.c -c a.c", "a.c")]
    [TestCase("gcc --language c -c a", "a")]
    [TestCase("gcc --output=b.o --compile a.c", "a.c")]
    public void A_commands_source_is_found_whatever_options_take(string command, string source)
    {
        var read = RecordedCommand.Of([.. command.Split(' ')], "/d");
        Assert.That((read.Kind, read.Source), Is.EqualTo((CommandKind.CCompile, source)));
    }

    [TestCase("@f", true)]
    [TestCase("-D @f", true)]
    [TestCase("-D@f", true)]
    [TestCase("-I@f", true)]
    [TestCase("-DX=@f", false)]
    [TestCase("-fmacro-prefix-map=f=@x", false)]
    [TestCase("--sysroot=@f", true)]
    public void A_response_file_is_seen_wherever_it_stands(string words, bool expected) =>
        Assert.That(RecordedCommand.Of(["gcc", .. words.Split(' '), "-c", "a.c"], "/d").HasResponseFile, Is.EqualTo(expected));

    [Test]
    public void Parts_of_several_words_belong_together()
    {
        var parts = OptionParts.Of(["-Wp,-MMD,d,-MF", "-O2", "-Xpreprocessor", "f", "-Wa,-I", "--for-assembler=x"]);
        Assert.That(parts.Preprocessor, Is.EqualTo((OptionPart[])[new("-MMD", 0), new("d", 0), new("-MF", 0), new("f", 2)]));
        Assert.That(parts.Assembler, Is.EqualTo((OptionPart[])[new("-I", 4), new("x", 5)]));
    }

    private static string Show(string[] words)
    {
        var shown = new List<string>();
        var reader = new OptionReader(words);
        while (reader.MoveNext())
        {
            var argument = reader.Current;
            shown.Add(argument.Kind switch
            {
                ArgumentKind.Unknown => "?" + reader.Word,
                ArgumentKind.Option when argument.ValueIndex >= 0 || argument.GivenValue is not null => $"{(argument.IsNegated ? "!" : "")}{argument.Name}{(argument.Name == "-std=" ? "" : "=")}{reader.Value}",
                ArgumentKind.Option => (argument.IsNegated ? "!" : "") + argument.Name,
                _ => reader.Word,
            });
        }

        return string.Join('|', shown);
    }
}
