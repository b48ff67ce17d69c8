using System.Text;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Tests.Collection;

internal sealed class Utf8OrderTests
{
    private static readonly string[] Letters = ["", "a", "b", "/", "\0", "é", "\u07FF", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "\U0001F600", "\U0010FFFF"];

    [Test]
    public void The_order_is_that_of_the_bytes()
    {
        var random = new Random(3);
        for (var i = 0; i < 50_000; i++)
        {
            var x = Letters[random.Next(Letters.Length)] + Letters[random.Next(Letters.Length)] + Letters[random.Next(Letters.Length)];
            var y = Letters[random.Next(Letters.Length)] + Letters[random.Next(Letters.Length)] + Letters[random.Next(Letters.Length)];
            var expected = Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y));
            Assert.That(Math.Sign(Utf8Order.Instance.Compare(x, y)), Is.EqualTo(Math.Sign(expected)), $"{x} {y}");
        }
    }

    [Test]
    public void Null_comes_first()
    {
        Assert.That(Utf8Order.Instance.Compare(null, ""), Is.Negative);
        Assert.That(Utf8Order.Instance.Compare("", null), Is.Positive);
        Assert.That(Utf8Order.Instance.Compare(null, null), Is.Zero);
    }
}
