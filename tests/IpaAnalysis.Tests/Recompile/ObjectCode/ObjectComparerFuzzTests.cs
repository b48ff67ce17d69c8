using IpaAnalysis.Recompile.ObjectCode;
using IpaAnalysis.Recompile.ObjectCode.Images;

namespace IpaAnalysis.Tests.Recompile.ObjectCode;

/// <summary>Damaged and hostile objects: no change of code is missed, nothing throws or hangs.</summary>
internal sealed class ObjectComparerFuzzTests
{
    private static readonly string[] s_compilers = ["gcc", "gcc -m32 -fno-pie", "aarch64-linux-gnu-gcc", "s390x-linux-gnu-gcc"];

    [TestCaseSource(nameof(s_compilers)), CancelAfter(120_000)]
    public void Each_changed_byte_of_code_or_of_its_relocations_is_a_difference(string compiler)
    {
        var original = ComparedObjects.Compile(compiler, ComparedObjects.Source);
        var image = ObjectImageReader.Read(original, out _)!;
        var places = new List<long>();
        foreach (var section in image.Sections.OfType<ImageSection>())
        {
            foreach (var function in section.Functions)
            {
                places.AddRange(Enumerable.Range((int)(section.Header.Offset + function.Row.Value), (int)function.Row.Size).Select(static p => (long)p));
            }
        }

        foreach (var header in image.Layout.Sections)
        {
            if (header.Type is 4 or 9 && image.Sections[header.Info] is not null)
            {
                places.AddRange(Enumerable.Range((int)header.Offset, (int)header.Size).Select(static p => (long)p));
            }
        }

        Assert.That(places, Has.Count.GreaterThan(300));
        foreach (var place in places)
        {
            var bytes = original.ToArray();
            bytes[place] ^= 0x21;
            Assert.That(ObjectComparer.FindDifference(original, bytes), Is.Not.Null, $"byte {place}");
        }
    }

    [TestCaseSource(nameof(s_compilers)), CancelAfter(120_000)]
    public void Random_damage_is_survived(string compiler)
    {
        var original = ComparedObjects.Compile(compiler, ComparedObjects.Source);
        var random = new Random(20261);
        var said = 0;
        for (var round = 0; round < 4000; round++)
        {
            var bytes = original.ToArray();
            for (var i = random.Next(1, 9); i > 0; i--)
            {
                // Headers decide most.
                var place = random.Next(3) switch { 0 => random.Next(64), 1 => bytes.Length - 1 - random.Next(Math.Min(bytes.Length, 1500)), _ => random.Next(bytes.Length) };
                bytes[place] = (byte)random.Next(256);
            }

            var difference = round % 2 == 0 ? ObjectComparer.FindDifference(original, bytes) : ObjectComparer.FindDifference(bytes, original);
            said += difference is null ? 0 : 1;
        }

        Assert.That(said, Is.GreaterThan(1000));
    }

    [Test, CancelAfter(120_000)]
    public void Every_truncation_is_said()
    {
        var original = ComparedObjects.Compile("gcc", ComparedObjects.Source);
        for (var length = 0; length < original.Length; length += 7)
        {
            Assert.That(ObjectComparer.FindDifference(original, original[..length]), Is.Not.Null, $"{length} bytes");
        }
    }
}
