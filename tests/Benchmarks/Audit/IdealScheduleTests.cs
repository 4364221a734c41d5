using Downloader.Benchmarks.Audit;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class IdealScheduleTests
{
    /// <summary>Worked by hand, each with its bars.</summary>
    public static TheoryData<string, int, double[], double> ByHand => new()
    {
        { "nothing to do", 3, [], 0 },
        { "one worker takes the sum", 1, [3, 1, 2], 6 },
        { "as many workers as requests take the longest", 3, [3, 1, 2], 3 },
        { "more workers than requests take the longest, too", 9, [3, 1, 2], 3 },
        { "2: 0–3 3–5, 1: 0–1 1–3", 2, [3, 1, 2, 2], 5 },
        { "the longest last: 0–1, 0–1 1–3", 2, [1, 1, 2], 3 },
        { "the longest first: 0–2, 0–1 1–2", 2, [2, 1, 1], 2 },
        { "0–4, 0–2 2–5, 0–3 3–4", 3, [4, 2, 3, 3, 1], 5 },
        { "the last to start is not the last to end: 0–9, 0–1 1–2 2–3", 2, [9, 1, 1, 1], 9 },
        { "requests that take no time", 2, [0, 0, 0, 5, 0], 5 },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void The_makespan_is_the_one_worked_out_by_hand(string bars, int workers, double[] durations, double makespan)
    {
        Assert.NotEmpty(bars);
        Assert.Equal(TimeSpan.FromMilliseconds(makespan), IdealSchedule.Makespan(durations.Select(TimeSpan.FromMilliseconds), workers));
    }

    [Fact]
    public void It_is_never_longer_than_a_schedule_that_can_be_run()
    {
        Assert.All(Enumerable.Range(0, 2000).Select(seed => RandomSchedule.Create(seed, idle: true)), schedule =>
        {
            Assert.InRange(ConcurrencyCalculator.Peak(schedule.Requests), 1, schedule.Workers);
            Assert.InRange(IdealSchedule.Makespan(schedule.Durations, schedule.Workers), TimeSpan.Zero, schedule.Makespan);
        });
    }

    [Fact]
    public void It_is_as_long_as_a_schedule_without_idle_times()
    {
        Assert.All(
            Enumerable.Range(0, 2000).Select(seed => RandomSchedule.Create(seed, idle: false)),
            schedule => Assert.Equal(schedule.Makespan, IdealSchedule.Makespan(schedule.Durations, schedule.Workers)));
    }

    [Fact]
    public void It_is_never_shorter_than_the_longest_request_or_the_even_share()
    {
        Assert.All(Enumerable.Range(0, 500).Select(seed => RandomSchedule.Create(seed, idle: false)), schedule =>
        {
            var ideal = IdealSchedule.Makespan(schedule.Durations, schedule.Workers);
            Assert.True(ideal >= schedule.Durations.Max());
            Assert.True(ideal * schedule.Workers >= schedule.Durations.Aggregate((sum, next) => sum + next));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_workers_is_an_error(int workers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IdealSchedule.Makespan([TimeSpan.FromSeconds(1)], workers));
}
