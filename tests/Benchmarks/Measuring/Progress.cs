namespace IpaAnalysis.Benchmarks.Measuring;

/// <summary>Tells on standard error what is going on; standard output has the table only.</summary>
internal static class Progress
{
    public static void Say(string message) => Console.Error.WriteLine("==> " + message);
}
