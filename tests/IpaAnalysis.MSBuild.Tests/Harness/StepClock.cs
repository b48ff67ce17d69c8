namespace IpaAnalysis.MSBuild.Tests.Harness;

/// <summary>A clock that goes on only when it is looked at, or told to.</summary>
internal sealed class StepClock(TimeSpan step = default) : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, step.Ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
