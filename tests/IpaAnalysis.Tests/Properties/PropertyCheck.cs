using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework.Internal;

namespace IpaAnalysis.Tests.Properties;

/// <summary>Checks properties with FsCheck: the same cases in every run, and of those that fail the smallest that shrinking finds.</summary>
internal static class PropertyCheck
{
    private const ulong Stream = 0x9E3779B97F4A7C15;

    /// <summary>Checks that something holds for every value.</summary>
    /// <param name="count">How many values are tried.</param>
    /// <param name="values">Makes the values.</param>
    /// <param name="shrink">What is smaller than a value that fails, the smallest first.</param>
    /// <param name="check">Fails or throws for a value that it does not hold for.</param>
    /// <param name="seed">Which values.</param>
    public static void Holds<T>(int count, Gen<T> values, Func<T, IEnumerable<T>> shrink, Action<T> check, ulong seed = 1)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, Stream).WithQuietOnSuccess(true);
        Prop.ForAll(Arb.From(values, shrink), value => Isolated(check, value)).Check(config);
    }

    /// <summary>The value of a number: another for each, the same in every run.</summary>
    /// <param name="values">Makes the values.</param>
    /// <param name="seed">Which one.</param>
    public static T Sample<T>(Gen<T> values, ulong seed) => values.Sample(1, new Rnd(seed, Stream), size: 100)[0];

    // A failed assertion stays with the test even where its exception is caught: what is tried while shrinking is no failure of its own.
    private static void Isolated<T>(Action<T> check, T value)
    {
        using (new TestExecutionContext.IsolatedContext())
        {
            check(value);
        }
    }
}
