using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.Producers;
using IpaAnalysis.Dumps.Elf.References;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Every object of a directory that the environment names.</summary>
internal sealed class ElfCorpusTests
{
    [Test]
    public void Every_object_is_read_without_a_diagnostic()
    {
        var corpus = Tools.RequireCorpus();
        var diagnostics = new DiagnosticBag();
        var objects = 0;
        var functions = 0L;
        foreach (var path in Directory.EnumerateFiles(corpus, "*.o", SearchOption.AllDirectories))
        {
            using var source = ByteSource.Open(path, diagnostics);
            var elf = source is null ? null : ElfObject.Read(source, path, diagnostics);
            Assert.That(elf, Is.Not.Null, path);
            Assert.That(elf.HasSymbolTable, Is.True, path);
            objects++;
            functions += elf.Functions.Length;
            var all = Enumerable.Range(0, elf.Functions.Length).Where(i => CloneSource.IsClone(ObjectLab.NameOf(elf, i))).ToArray();
            ElfAddressReferences.Find(source!, elf, all, path, diagnostics);
            ElfProducerReader.Read(source!, elf, path, diagnostics);
        }

        Assert.That(diagnostics, Is.Empty);
        Assert.That(objects, Is.Positive);
        TestContext.Out.WriteLine($"{objects} objects, {functions} functions");
    }
}
