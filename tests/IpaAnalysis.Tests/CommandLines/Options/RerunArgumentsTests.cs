using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Options;
using IpaAnalysis.CommandLines.Records;

namespace IpaAnalysis.Tests.CommandLines.Options;

internal sealed class RerunArgumentsTests
{
    [TestCase("-Wp,-fplugin=P")]
    [TestCase("-Wp,-dD,-fplugin=P")]
    [TestCase("-Wp,-dD -Wp,-fplugin=P")]
    [TestCase("--plugin=P")]
    [TestCase("--warn-p,-fplugin=P")]
    [TestCase("-Wp,@FILE")]
    [TestCase("@FILE")]
    [TestCase("-D @FILE")]
    [TestCase("-D@FILE")]
    [TestCase("-I@FILE")]
    [TestCase("--sysroot=@FILE")]
    [TestCase("--sysroot @FILE")]
    [TestCase("-Wp,-D,@FILE")]
    [TestCase("-Xpreprocessor -fplugin=P")]
    [TestCase("-Xpreprocessor -D -Xpreprocessor @FILE")]
    [TestCase("-Wa,@FILE")]
    [TestCase("-Wa,-I,@FILE")]
    [TestCase("-Wa,-L,@FILE")]
    [TestCase("-Wa,--nosuch")]
    [TestCase("-Wa,-Dal=FILE")]
    [TestCase("-Xassembler @FILE")]
    [TestCase("--for-assembler=@FILE")]
    [TestCase("--warn-a,@FILE")]
    [TestCase("-B tools")]
    [TestCase("-Btools")]
    [TestCase("--prefix=tools")]
    [TestCase("--prefix tools")]
    [TestCase("-specs=x")]
    [TestCase("-specs x")]
    [TestCase("--specs x")]
    [TestCase("--specs=x")]
    [TestCase("-wrapper x,y")]
    [TestCase("-fplugin-arg-x-y=1")]
    [TestCase("--plugin-arg-x-y=1")]
    [TestCase("-iplugindir=x")]
    [TestCase("-fmodule-mapper=|sh")]
    [TestCase("--module-mapper=|sh")]
    [TestCase("-fpreprocessed")]
    [TestCase("--preprocessed")]
    [TestCase("-fpch-preprocess")]
    [TestCase("-Wp,-fpch-preprocess")]
    [TestCase("-fprofile-use=x")]
    [TestCase("--profile-use")]
    [TestCase("--auto-profile=x")]
    [TestCase("-fnosuch")]
    [TestCase("--nosuch")]
    [TestCase("-Wnosuch")]
    [TestCase("-Wno-p,-fplugin=P")]
    [TestCase("-Wno-nosuch,x")]
    [TestCase("--param nosuch=1")]
    [TestCase("--param=nosuch=1")]
    [TestCase("other.c")]
    [TestCase("other.o")]
    [TestCase("-")]
    [TestCase("-Wp,other")]
    [TestCase("-Wa,other.s")]
    [TestCase("-I")]
    [TestCase("-fself-test=x")]
    public void What_may_not_run_for_an_untrusted_tree_is_named(string words)
    {
        var selection = RerunArguments.Select(["-O2", .. words.Split(' '), "-c", "a.c"], "a.c", isTrusted: false);
        if (words == "-I")
        {
            selection = RerunArguments.Select(["-O2", "-I"], "a.c", isTrusted: false);
        }

        Assert.That(selection.NotAllowed, Is.Not.Null);
        Assert.That(selection.Words, Does.Not.Contain(words));
    }

    [TestCase("-Wa,--noexecstack,-al=FILE", "-Wa,--noexecstack")]
    [TestCase("-Wa,-MD,FILE", "")]
    [TestCase("-Wa,--MD,FILE,--64", "-Wa,--64")]
    [TestCase("-Wa,-adhln=FILE", "")]
    [TestCase("-Wa,-I,dir,-mrelax-relocations=no", "-Wa,-I,dir -Wa,-mrelax-relocations=no")]
    [TestCase("-Wa,-o,FILE -Wa,-oFILE", "")]
    [TestCase("-time=FILE -time", "")]
    [TestCase("--time", "")]
    [TestCase("--for-assembler=-al=FILE", "")]
    [TestCase("--for-assembler -al=FILE", "")]
    [TestCase("--warn-a,-al=FILE", "")]
    [TestCase("-Wp,-o,FILE", "")]
    [TestCase("-Wp,-MMD,FILE", "")]
    [TestCase("-Wp,-MMD,FILE,-DX,-MT,T", "-Wp,-DX")]
    [TestCase("-Wp,-D_FORTIFY_SOURCE=2", "-Wp,-D_FORTIFY_SOURCE=2")]
    [TestCase("-Wp,-U_FORTIFY_SOURCE,-D,X", "-Wp,-U_FORTIFY_SOURCE -Wp,-D,X")]
    [TestCase("-Xpreprocessor -DX=a,b", "-Xpreprocessor -DX=a,b")]
    [TestCase("-Wp,-D -Wp,X", "-Wp,-D,X")]
    [TestCase("--dump-tree-optimized=F --dump-go-spec=F --dump-final-insns=F --opt-info-all=F --profile-note=F --dump-ada-spec", "")]
    [TestCase("-ftest-coverage -fprofile-arcs --coverage", "-fprofile-arcs -fprofile-arcs")]
    [TestCase("-fcompare-debug=-fplugin=x -fcompare-debug --compare-debug=x", "")]
    [TestCase("-save-temps=obj --save-temps -aux-info F -aux-info=F -freport-bug -gsplit-dwarf -fsave-optimization-record", "")]
    [TestCase("-fdiagnostics-format=sarif-file --diagnostics-format=json-file -fdiagnostics-color=always -v -H -Q -pipe", "")]
    [TestCase("-M -MM -MD -MMD -MG -MP -MF f -MT t -MQ q --dependencies -MFf", "")]
    [TestCase("-l m -lm -L x -Wl,-Map=F -Xlinker -Map=F -T x -r -s -fuse-ld=bfd", "")]
    [TestCase("-Wno-nosuch -Wno-unused", "-Wno-unused")]
    [TestCase("--include f.h --imacros=g -isystem d -idirafter e -iquote q -nostdinc", "--include f.h --imacros=g -isystem d -idirafter e -iquote q -nostdinc")]
    [TestCase("--machine no-fentry --std gnu11 --optimize=3 --param ipa-cp-eval-threshold=1", "--machine no-fentry --std gnu11 --optimize=3 --param ipa-cp-eval-threshold=1")]
    [TestCase("-fno-profile-use -fno-preprocessed -fno-rtti -frepo", "-fno-profile-use")]
    [TestCase("-xc --language=c -o x --output=y -dumpbase z --dumpdir w -fsyntax-only", "")]
    public void The_rest_is_kept_or_dropped(string words, string expected)
    {
        foreach (var isTrusted in (bool[])[false, true])
        {
            var selection = RerunArguments.Select([.. words.Split(' '), "-c", "a.c"], "a.c", isTrusted);
            Assert.That(selection.NotAllowed, Is.Null);
            Assert.That(string.Join(' ', selection.Words), Is.EqualTo(expected));
        }
    }

    [TestCase("-fplugin=x -B tools -specs=y -fnosuch", "-fplugin=x -B tools -specs=y -fnosuch", null)]
    [TestCase("-Wp,-fplugin=P,-MMD,F", "-Wp,-fplugin=P", null)]
    [TestCase("-O2 -fpreprocessed -fpch-preprocess", "-O2", "-fpreprocessed")]
    public void A_trusted_command_may_load_but_not_read_an_image(string words, string expected, string? notAllowed)
    {
        var selection = RerunArguments.Select(words.Split(' '), "a.c", isTrusted: true);
        Assert.That(string.Join(' ', selection.Words), Is.EqualTo(expected));
        Assert.That(selection.NotAllowed, Is.EqualTo(notAllowed));
    }

    [Test]
    public void The_first_that_is_not_allowed_is_named_as_written() =>
        Assert.That(RerunArguments.Select(["-O2", "-Wp,-MMD,F,-fplugin=P", "--prefix", "x"], "a.c", isTrusted: false).NotAllowed, Is.EqualTo("-Wp,-fplugin=P"));

    [Test]
    public void Every_command_of_a_kernel_may_be_run_again()
    {
        var corpus = Tools.RequireCorpus();
        var refused = new SortedSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(corpus, "*.o.cmd", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true }))
        {
            if (KbuildCommandReader.Read(file, []) is { Kind: CommandKind.CCompile } command)
            {
                count++;
                if (RerunArguments.Select(command.Words.AsSpan()[1..], command.Source, isTrusted: false).NotAllowed is { } word)
                {
                    refused.Add(word);
                }
            }
        }

        Assert.That(refused, Is.Empty);
        Assert.That(count, Is.GreaterThan(1000));
    }
}
