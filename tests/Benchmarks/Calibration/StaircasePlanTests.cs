using Downloader.Benchmarks.Calibration.Probing;

namespace Downloader.Tests.Benchmarks.Calibration;

public sealed class StaircasePlanTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(32, "2,3,4,6,8,12,16,24,32")]
    [InlineData(10, "2,3,4,6,8,10")]
    [InlineData(1, "")]
    [InlineData(2, "2")]
    [InlineData(100, "2,3,4,6,8,12,16,24,32,64,100")]
    public void The_levels_end_with_the_most_workers_allowed(int maxWorkers, string levels) =>
        Assert.Equal(levels, string.Join(',', StaircasePlan.GetLevels(maxWorkers)));

    [Fact]
    public void With_the_usual_budget_every_level_gets_its_share() =>
        Assert.Equal(new ProbeStage(2, 12), Next(requestsLeft: 235, seconds: 50));

    [Fact]
    public void The_whole_staircase_fits_what_is_left()
    {
        var (levels, left, climbed) = (StaircasePlan.GetLevels(32), 100, new List<int>());
        while (levels.Count > 0)
        {
            var stage = StaircasePlan.GetNext(levels, left, TimeSpan.FromSeconds(50), Duration, null);
            left -= stage.Requests;
            climbed.Add(stage.Workers);
            levels = [.. levels.Where(level => level > stage.Workers)];
        }

        Assert.Equal(32, climbed[^1]);
        Assert.InRange(left, 0, 20);
    }

    [Fact]
    public void With_little_time_there_are_fewer_levels_and_requests()
    {
        var stage = Next(requestsLeft: 235, seconds: 1.0);

        Assert.Equal(2, stage.Workers);
        Assert.InRange(stage.Requests, 4, 11);
    }

    [Fact]
    public void A_server_that_is_no_faster_with_more_workers_needs_more_time_for_each_level()
    {
        var fast = Next(requestsLeft: 235, seconds: 6);
        var slow = Next(requestsLeft: 235, seconds: 6, maxThroughput: 30);

        Assert.True(slow.Requests < fast.Requests, $"{slow} {fast}");
    }

    private static ProbeStage Next(int requestsLeft, double seconds, double? maxThroughput = null) => StaircasePlan.GetNext(
        StaircasePlan.GetLevels(32), requestsLeft, TimeSpan.FromSeconds(seconds), Duration, maxThroughput);
}
