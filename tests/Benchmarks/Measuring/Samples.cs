using System.Diagnostics;

namespace IpaAnalysis.Benchmarks.Measuring;

/// <summary>Repeats work until it has been done often enough or its time is used up.</summary>
internal static class Samples
{
    /// <summary>Repeats.</summary>
    /// <param name="maximum">How often at most.</param>
    /// <param name="budget">No further repetition starts after this, once there are two.</param>
    /// <param name="work">Gets the number of the repetition.</param>
    public static List<T> Collect<T>(int maximum, TimeSpan budget, Func<int, T> work)
    {
        var watch = Stopwatch.StartNew();
        var samples = new List<T>();
        while (samples.Count < Math.Min(2, maximum) || (samples.Count < maximum && watch.Elapsed < budget))
        {
            samples.Add(work(samples.Count));
        }

        return samples;
    }

    /// <summary>The median; of an even number the mean of the middle two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
