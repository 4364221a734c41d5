using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Simulation;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>The pace that a limit on requests per second is recommended: in virtual time, a client that starts requests as the pacer lets
/// it, sometimes late, and whose requests take unequally long to arrive.</summary>
public sealed class FitPaceTests
{
    private const int Requests = 3_000;
    private const double ArrivalMs = 8;

    /// <summary>What the first request of a process takes longer.</summary>
    private const double FirstMs = 120;

    public static TheoryData<int> Limits => [1, 2, 5, 10, 20, 21, 24, 40, 100];

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_window_refuses_nothing_and_little_of_it_is_given_away(int limit)
    {
        var pace = GetPace(new Scenario { RateLimit = limit });

        Assert.InRange(pace, 0.83 * limit, limit);
        Assert.Equal(0, CountRefused(pace, FitServer.Window(limit, 1)));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_token_bucket_refuses_nothing(int limit)
    {
        foreach (var burst in new[] { 1, 2, 3, 4, 10 })
        {
            var pace = GetPace(new Scenario { RateLimit = limit, RateBurst = burst });

            Assert.Equal((burst, 0), (burst, CountRefused(pace, FitServer.Bucket(burst, limit))));
        }
    }

    [Theory]
    [InlineData(5, 4.75)]
    [InlineData(20, 19)]
    [InlineData(40, 37)]
    [InlineData(100, 96)]
    public void The_pace_is_as_the_documentation_has_it(double limit, double pace) =>
        Assert.Equal(pace, RequestPacer.GetRateWithin(limit), 9);

    [Theory]
    [InlineData(5, null, "The server accepts 5 requests per second: 1 worker keeps to a pace just below.")]
    [InlineData(100, 1, "well below, since it refuses requests that come close together.")]
    public void How_far_the_pace_is_below_the_limit_is_said(double limit, int? burst, string reason)
    {
        var fit = ServerFit.FromScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(10), RateLimit = limit, RateBurst = burst });

        Assert.EndsWith(reason, WorkerRecommender.Recommend(fit, downloads: 20).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_is_hardly_known_makes_a_wide_prediction()
    {
        var fit = ServerFit.FromScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(10), RateLimit = 50 });
        var vague = fit with { RateLimitPerSecond = new Interval(50, 0.01, 50) };

        var (narrow, wide) = (MakespanPredictor.Predict(fit, 2, 500), MakespanPredictor.Predict(vague, 2, 500));

        Assert.InRange(narrow.HighMs / narrow.LowMs, 1, 1.1);
        Assert.InRange(wide.HighMs / wide.LowMs, 100, double.MaxValue);
        Assert.Contains("as low as 0.01", WorkerRecommender.Recommend(vague, downloads: 20).Reason, StringComparison.Ordinal);
    }

    private static double GetPace(Scenario scenario) => SafePace.Get(ServerFit.FromScenario(scenario))!.Value;

    private static int CountRefused(double pace, Func<Func<double, bool>> server)
    {
        var (random, accepts) = (new Random(1), server());
        var arrivals = GetStarts(pace, random)
            .Select((start, index) => start + (index == 0 ? FirstMs : ArrivalMs * random.NextDouble())).Order();
        return arrivals.Count(arrival => !accepts(arrival));
    }

    /// <summary>A bucket that a timer refills, which ticks each millisecond or a little later and sometimes much later; requests wait for
    /// it, and now and then there is none for a second.</summary>
    private static IEnumerable<double> GetStarts(double pace, Random random)
    {
        var size = RequestPacer.GetBucket(pace);
        var (now, tokens) = (0.0, size);
        var held = 1000 * RequestPacer.GetFirstExtra(pace);
        for (var sent = 0; sent < Requests;)
        {
            var late = random.Next(100) switch { 0 => 1000, < 5 => 25, _ => 1 };
            var passed = 1 + (late * random.NextDouble());
            now += passed;
            var isHeld = held > 0 && sent == 1 && now < held + (1000 / pace);
            tokens = isHeld ? tokens : Math.Min(size, tokens + (passed * pace / 1000));
            for (; tokens >= 1 && sent < Requests; sent++)
            {
                tokens--;
                yield return now;
            }
        }
    }
}
