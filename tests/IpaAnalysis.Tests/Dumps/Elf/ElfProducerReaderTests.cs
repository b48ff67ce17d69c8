using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.Producers;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Objects of real compilers: the options read are those passed.</summary>
internal sealed class ElfProducerReaderTests
{
    private const string Source = "static int g(int a) { return a * 3; }\nint f(int a) { return g(a) + 1; }\n";

    private static readonly string[] Compilers =
        ["gcc", "gcc-11", "gcc -m32", "s390x-linux-gnu-gcc", "s390x-linux-gnu-gcc -m31", "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-gcc -mbig-endian"];

    private static readonly string[] Debugging = ["-g", "-gdwarf-2", "-gdwarf-3", "-gdwarf-4", "-gdwarf-5", "-g -gdwarf64", "-gdwarf-4 -gdwarf64", "-g3", "-g -gz=zlib", "-g -gz=zlib-gnu"];

    // What the drivers add: GCC's own defaults for the target, and Debian's.
    private static readonly HashSet<string> Implied = new(StringComparer.Ordinal)
    {
        "-mtune=generic", "-march=x86-64", "-march=i686", "-march=z196", "-march=z900", "-m64", "-mzarch", "-mesa", "-mlittle-endian", "-mabi=lp64", "-fasynchronous-unwind-tables",
    };

    [Test]
    public void Debugging_information_tells_the_options([ValueSource(nameof(Compilers))] string compiler, [ValueSource(nameof(Debugging))] string debugging)
    {
        using var lab = new ObjectLab();
        var path = lab.Compile(compiler, Source, [.. debugging.Split(' '), "-fno-ipa-ra", "-flive-patching=inline-clone", "-DX=1", "-I.", "-Wall"]);
        var producer = Read(path);
        Assert.That(producer, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(producer.Origin, Is.EqualTo(ProducerOrigin.Producer));
            Assert.That(producer.Language, Is.EqualTo("GNU C17"));
            Assert.That(producer.Version, Is.EqualTo(lab.Run(compiler.Split(' ')[0], "-dumpfullversion").Trim()));
            Assert.That(producer.Release, Is.EqualTo(producer.Version));

            // The driver sorts by kind: -m, -g, -O, -f.
            string[] passed = [.. compiler.Split(' ')[1..], .. debugging.Split(' '), "-O2", "-fno-ipa-ra", "-flive-patching=inline-clone"];
            Assert.That(producer.Words.Where(static w => !Implied.Contains(w)), Is.EqualTo(passed));
        });
    }

    [TestCaseSource(nameof(Compilers))]
    public void Without_debugging_information_the_section_of_switches_tells_the_same(string compiler)
    {
        using var lab = new ObjectLab();
        var switches = Read(lab.Compile(compiler, Source, "-fno-ipa-ra", "-frecord-gcc-switches", "-DX=1"));
        var both = Read(lab.Compile(compiler, Source, "-g", "-fno-ipa-ra", "-frecord-gcc-switches", "-DX=1"));
        var section = Read(lab.Compile(compiler, Source, "-g", "-fno-ipa-ra", "-frecord-gcc-switches", "-gno-record-gcc-switches"));
        Assert.Multiple(() =>
        {
            Assert.That(switches?.Origin, Is.EqualTo(ProducerOrigin.CommandLineSection));
            Assert.That(both?.Origin, Is.EqualTo(ProducerOrigin.Producer));
            Assert.That(section?.Origin, Is.EqualTo(ProducerOrigin.CommandLineSection));
            Assert.That(switches?.Words, Does.Contain("-fno-ipa-ra").And.Contain("-O2"));
            Assert.That(both?.Words.Where(static w => w != "-g"), Is.EqualTo(switches?.Words));
            Assert.That(section?.Words.Where(static w => w != "-gno-record-gcc-switches"), Is.EqualTo(both?.Words));
            Assert.That((switches?.Language, switches?.Version), Is.EqualTo((both?.Language, both?.Version)));
        });
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void Blanks_in_values_stay_and_only_a_blank_before_a_minus_sign_divides(string compiler)
    {
        using var lab = new ObjectLab();
        string[] words = ["-frandom-seed=two  words", "-frandom-seed= a - b", "-frandom-seed=x -O3", "--param=max-inline-insns-single=7"];
        var producer = Read(lab.Compile(compiler, Source, [.. words, "-g"]));
        Assert.That(
            producer?.Words.Where(static w => !Implied.Contains(w)),
            Is.EqualTo((string[])["-g", "-O2", "-frandom-seed=two  words", "-frandom-seed= a - b", "-frandom-seed=x", "-O3", "--param=max-inline-insns-single=7"]));
    }

    [TestCase("gcc")]
    [TestCase("gcc -m32")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void Link_time_optimisation_keeps_a_copy(string compiler)
    {
        using var lab = new ObjectLab();
        var slim = Read(lab.Compile(compiler, Source, "-g", "-flto=2"));
        var fat = Read(lab.Compile(compiler, Source, "-g", "-flto", "-ffat-lto-objects"));
        Assert.That(slim?.Words, Does.Contain("-flto").And.Contain("-O2").And.Not.Contain("-flto=2"));
        Assert.That(fat?.Words, Does.Contain("-ffat-lto-objects"));
    }

    [TestCase("-gdwarf-4")]
    [TestCase("-gdwarf-5")]
    public void Units_of_types_are_passed_over(string version)
    {
        using var lab = new ObjectLab();
        var path = lab.Compile("gcc", "struct s { int a; struct s *n; }; struct q { long z; struct s s; };\nint f(struct s *a, struct q *q) { return a->a + q->z; }", version, "-fdebug-types-section");
        Assert.That(Read(path)?.Words, Does.Contain("-fdebug-types-section"));
    }

    [TestCase("-g0")]
    [TestCase("-gno-record-gcc-switches", "-g")]
    [TestCase("-gsplit-dwarf", "-g")]
    public void Nothing_recorded_is_no_error(params string[] flags)
    {
        using var lab = new ObjectLab();
        Assert.That(Read(lab.Compile("gcc", Source, flags)), Is.Null);
    }

    [Test]
    public void Assembly_language_records_no_options()
    {
        using var lab = new ObjectLab();
        Assert.That(Read(Assemble(lab)), Is.Null);
    }

    [TestCase("")]
    [TestCase("zlib")]
    [TestCase("zlib-gnu")]
    public void Of_joined_objects_the_first_unit_of_C_tells(string packing)
    {
        using var lab = new ObjectLab();
        var assembly = Assemble(lab);
        var first = lab.PathOf("first.o");
        File.Move(lab.Compile("gcc", ManyFunctions("first"), "-g", "-fno-ipa-cp"), first);
        var second = lab.Compile("gcc-11", ManyFunctions("second"), "-g", "-fno-ipa-ra");
        var joined = lab.PathOf("joined.o");
        lab.Run("ld", "-r", assembly, first, second, "-o", joined);
        if (packing.Length > 0)
        {
            lab.Run("objcopy", $"--compress-debug-sections={packing}", joined);
        }

        Assert.That(Read(joined), Is.EqualTo(Read(first)));
        Assert.That(Read(first)?.Words, Does.Contain("-fno-ipa-cp"));
        Assert.That(Read(second)?.Words, Does.Contain("-fno-ipa-ra"));
    }

    [TestCase("gcc", "-gz=zlib", " C ")]
    [TestCase("gcc -m32", "-gz=zlib", " C ")]
    [TestCase("s390x-linux-gnu-gcc", "-gz=zlib", " C ")]
    [TestCase("gcc", "-gz=zlib-gnu", ".zdebug_info")]
    public void Packed_sections_are_unpacked(string compiler, string packing, string sign)
    {
        using var lab = new ObjectLab();
        var path = lab.Compile(compiler, ManyFunctions("a_rather_long_name_of_a_function"), "-g", packing);
        if (packing == "-gz=zlib-gnu")
        {
            // From GCC 14 on, only binutils packs in this way.
            lab.Run("objcopy", "--compress-debug-sections=zlib-gnu", path);
        }

        Assert.That(lab.Run("readelf", "-SW", path).Split('\n'), Has.Some.Contains("debug_info ").And.Contains(sign));
        Assert.That(Read(path)?.Words, Does.Contain("-O2"));
    }

    [Test]
    public void A_linked_program_has_no_relocations_left()
    {
        using var lab = new ObjectLab();
        var path = lab.Compile("gcc", Source, "-g", "-fno-ipa-cp");
        lab.Run("ld", "-shared", path, "-o", lab.PathOf("unit.so"));
        Assert.That(Read(lab.PathOf("unit.so")), Is.EqualTo(Read(path)));
    }

    [Test]
    public void Only_the_beginning_of_a_large_object_is_read()
    {
        using var lab = new ObjectLab();
        var path = lab.Compile("gcc", ManyFunctions("f", 8000), "-g", "-O0");
        var diagnostics = new DiagnosticBag();
        using var file = ByteSource.Open(path, diagnostics)!;
        using var counted = new CountingByteSource(file);
        var elf = ElfObject.Read(file, path, diagnostics)!;
        Assert.That(ElfProducerReader.Read(counted, elf, path, diagnostics), Is.Not.Null);
        Assert.That(file.Length, Is.GreaterThan(1_000_000));
        Assert.That(counted.BytesRead, Is.LessThan(64 * 1024));
    }

    private static string ManyFunctions(string name, int count = 200) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"int {name}_{i}(int a) {{ return a * {i} + 1; }}\n"));

    private static string Assemble(ObjectLab lab)
    {
        var path = lab.PathOf("assembly.o");
        lab.Run("gcc", "-g", "-c", lab.Write("assembly.S", ".text\n.globl in_assembly\nin_assembly: nop\n"), "-o", path);
        return path;
    }

    private static RecordedProducer? Read(string path) => ObjectLab.Read(path, (source, elf) =>
    {
        var diagnostics = new DiagnosticBag();
        var producer = ElfProducerReader.Read(source, elf, path, diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return producer;
    });
}
