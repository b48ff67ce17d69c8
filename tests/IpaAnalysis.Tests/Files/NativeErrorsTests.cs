using System.Runtime.InteropServices;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Tests.Files;

internal sealed class NativeErrorsTests
{
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    [Test]
    public void A_call_that_may_have_been_the_first_is_made_again()
    {
        var errors = new NativeErrors();

        // Two threads call before anything is known; what another call left counts for neither.
        var (first, second) = (errors.AreSettled, errors.AreSettled);
        Assert.That(Reads(errors, first, NoEntry), Is.Null);
        Assert.That(Reads(errors, second, NoEntry), Is.Null);
        Assert.That(Reads(errors, errors.AreSettled, WouldBlock), Is.EqualTo(WouldBlock));
        Assert.That(Reads(errors, errors.AreSettled, NoEntry), Is.EqualTo(NoEntry));
    }

    [Test]
    public void An_interrupted_call_is_made_again()
    {
        var errors = new NativeErrors();
        Assert.That(Reads(errors, errors.AreSettled, WouldBlock), Is.Null);
        Assert.That(Reads(errors, errors.AreSettled, Interrupted), Is.Null);
        Assert.That(Reads(errors, errors.AreSettled, WouldBlock), Is.EqualTo(WouldBlock));
    }

    [Test]
    public void What_may_not_be_looked_at_is_not_missing()
    {
        using var files = new TemporaryTree();
        File.CreateSymbolicLink(files["loop"], "loop");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => InputFile.OpenStream(files["loop"], FileRole.Source), Throws.InstanceOf<IOException>().And.Not.InstanceOf<FileNotFoundException>());
            Assert.That(() => InputFile.OpenStream(files[new string('n', 300)], FileRole.Source), Throws.InstanceOf<IOException>().And.Not.InstanceOf<FileNotFoundException>());
            Assert.That(() => InputFile.OpenStream(files["none"], FileRole.Source), Throws.InstanceOf<FileNotFoundException>());
        }
    }

    private static int? Reads(NativeErrors errors, bool wereSettled, int last)
    {
        Marshal.SetLastPInvokeError(last);
        return errors.TryRead(wereSettled, out var error) ? error : null;
    }
}
