using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>Removes the private feed when all tests have run.</summary>
[SetUpFixture]
internal sealed class EndToEndSetUp
{
    [OneTimeTearDown]
    public void RemoveFeed()
    {
        if (PackageFeed.IsUsed)
        {
            Directory.Delete(PackageFeed.Current.Root, recursive: true);
        }
    }
}
