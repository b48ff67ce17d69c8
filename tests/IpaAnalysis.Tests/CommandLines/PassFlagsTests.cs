using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Tests.CommandLines;

[TestFixture]
internal sealed class PassFlagsTests
{
    [TestCase("-c -O2 -o x.o x.c", "-O2")]
    [TestCase("-O2 -o -O3 -c -x c -O1", "-O2 -O1")]
    [TestCase("-Iinclude -I -fipa-ra -DX=-O3 -D -fipa-cp -include -fipa-pta -isystem -O0 -U -pg", "")]
    [TestCase("-Wall -Wp,-MMD,x.d -MF -O3 -MT -O1 -std=gnu11 -g -nostdinc -pipe -save-temps", "")]
    [TestCase("-fno-ipa-ra -fipa-cp-clone -flive-patching=inline-clone -fwhole-program", "-fno-ipa-ra -fipa-cp-clone -flive-patching=inline-clone -fwhole-program")]
    [TestCase("-pg -p --profile -mfentry -mrecord-mcount -m32 -fpatchable-function-entry=16,14", "-pg -p --profile -mfentry -mrecord-mcount -m32 -fpatchable-function-entry=16,14")]
    [TestCase("--optimize=3 --optimize -Ofast -O", "--optimize=3 --optimize -Ofast -O")]
    [TestCase("-fdump-ipa-clones -fcallgraph-info=su -fstack-usage -fopt-info-all=x -fsave-optimization-record -frecord-gcc-switches", "")]
    [TestCase("-fdiagnostics-color=always -fmessage-length=0 -ffile-prefix-map=/a=/b -fdebug-prefix-map=/a=/b -fcompare-debug -frandom-seed=1", "")]
    [TestCase("-flto=auto -fno-lto -fprofile-use=x.gcda -fopenacc", "-flto=auto -fno-lto -fprofile-use=x.gcda -fopenacc")]
    [TestCase("-Xassembler -O3 -Xlinker -O1 -Xpreprocessor -fipa-ra -Wl,-O1 -O2", "-O2")]
    [TestCase("--param ipa-cp-eval-threshold=1 -dumpbase -O3 -dumpdir -O1 -O2", "-O2")]
    [TestCase("@flags -B tools -Btools -specs=x -specs x --specs=x -wrapper x,y --prefix tools --prefix=tools", "@flags -B tools -Btools -specs=x -specs x --specs=x -wrapper x,y --prefix tools --prefix=tools")]
    [TestCase("-fplugin=x.so -fplugin-arg-x-y=1 -iplugindir=z -fmodule-mapper=|sh", "-fplugin=x.so -fplugin-arg-x-y=1 -iplugindir=z -fmodule-mapper=|sh")]
    [TestCase("-O2 -o", "-O2")]
    [TestCase("-O2 -B", "-O2 -B")]
    [TestCase("- -- x.c", "")]
    public void What_decides_about_passes_is_picked(string words, string flags) =>
        Assert.That(string.Join(' ', PassFlags.Select(words.Split(' '))), Is.EqualTo(flags));

    [TestCase("@flags")]
    [TestCase("-B")]
    [TestCase("-B/opt/tools")]
    [TestCase("--prefix=/opt/tools")]
    [TestCase("-fplugin=/x.so")]
    [TestCase("-fplugin-arg-x-y")]
    [TestCase("-iplugindir=/x")]
    [TestCase("-specs=/x")]
    [TestCase("--specs")]
    [TestCase("-wrapper")]
    [TestCase("-fmodule-mapper=|sh")]
    public void What_makes_gcc_load_or_run_something_is_known(string flag) => Assert.That(PassFlags.LoadsCode(flag), Is.True);

    [TestCase("-O2")]
    [TestCase("-fipa-ra")]
    [TestCase("-pg")]
    [TestCase("-fprofile-use=/x")]
    [TestCase("tools")]
    public void The_rest_loads_nothing(string flag) => Assert.That(PassFlags.LoadsCode(flag), Is.False);

    [Test]
    public void A_commands_options_are_those_behind_its_compiler()
    {
        var command = new RecordedCommand { Words = ["-O3", "-O2", "-c", "-o", "x.o", "x.c"], Wrapper = ["ccache"], WorkingDirectory = "/build" };
        var options = RecordedOptions.From(command, OptionOrigin.Kbuild, isTrusted: true);
        Assert.Multiple(() =>
        {
            Assert.That(options.Compiler, Is.EqualTo("-O3"), "the first word, whatever it is");
            Assert.That(options.Flags, Is.EqualTo((string[])["-O2"]));
            Assert.That(options.Origin, Is.EqualTo(OptionOrigin.Kbuild));
            Assert.That(options.WorkingDirectory, Is.EqualTo("/build"));
            Assert.That(options.IsTrusted, Is.True);
            Assert.That(options, Is.EqualTo(RecordedOptions.From(command, OptionOrigin.Kbuild, isTrusted: true)));
            Assert.That(options.GetHashCode(), Is.EqualTo(RecordedOptions.From(command, OptionOrigin.Kbuild, isTrusted: true).GetHashCode()));
            Assert.That(options, Is.Not.EqualTo(RecordedOptions.From(command, OptionOrigin.Kbuild, isTrusted: false)));
            Assert.That(options, Is.Not.EqualTo(options with { Flags = ["-O1"] }));
            Assert.That(RecordedOptions.From(new RecordedCommand(), OptionOrigin.CompileCommands, isTrusted: false).Flags, Is.Empty);
        });
    }
}
