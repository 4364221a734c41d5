using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>The intervals of figures that are quantiles, or follow from all durations.</summary>
public sealed class FitIntervalTests
{
    [Theory]
    [InlineData(5, 0.5, null, null)]
    [InlineData(6, 0.5, 1, 6)]
    [InlineData(100, 0.5, 40, 61)]
    [InlineData(60, 0, null, 1)]
    [InlineData(60, 1, 60, null)]
    [InlineData(60, 0.99, 58, null)]
    [InlineData(368, 0.99, 360, 368)]
    public void The_ranks_around_a_quantile_follow_from_the_binomial_distribution(int samples, double probability, int? low, int? high) =>
        Assert.Equal((low, high), OrderStatistics.GetRanks(samples, probability));

    [Fact]
    public void The_interval_of_a_median_holds_it_in_95_percent_of_the_cases()
    {
        var random = new Random(1);
        var held = Enumerable.Range(0, 2000).Count(_ =>
        {
            var interval = OrderStatistics.GetMedian([.. Enumerable.Range(0, 50).Select(_ => random.NextDouble()).Order()])!;
            return interval.Low <= 0.5 && interval.High >= 0.5;
        });

        Assert.InRange(held, 1880, 1960);
    }

    [Fact]
    public void Every_figure_of_a_calibration_has_its_interval_or_is_said_not_to_be_known()
    {
        var observations = FitProber.Observe(new FitServer { Service = FitServer.LogNormal(50, 0.4), ConnectMs = 20 }, seed: 1);

        var rows = CalibrationTables.Figures(ServerFitter.Fit(observations)).Rows
            .ToDictionary(row => row[0].PlainText, row => row[2].PlainText);

        var figures = rows.Where(row => row.Key is not ("Pages" or "Protocol")).ToList();
        Assert.All(figures, row => Assert.NotEqual("", row.Value));
        Assert.All(["Service time, median", "Service time, 90th percentile", "Coefficient of variation", "TCP, median"], name =>
            Assert.Contains(" to ", rows[name], StringComparison.Ordinal));
        Assert.StartsWith("at most ", rows["Service time, minimum"], StringComparison.Ordinal);
        Assert.StartsWith("at least ", rows["Service time, maximum"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_of_few_connections_has_no_interval()
    {
        var observations = FitProber.Observe(new FitServer { Service = FitServer.LogNormal(50, 0.4), ConnectMs = 20 }, seed: 1);
        var first = observations.Requests.Where(request => request.NewConnection is not null).Take(5).ToList();

        var fit = ServerFitter.Fit(observations with
        {
            Requests = [.. observations.Requests.Where(request => request.NewConnection is null || first.Contains(request))],
        });

        Assert.NotNull(fit.TcpMs);
        Assert.Null(fit.TcpInterval);
        Assert.Contains(
            CalibrationTables.Figures(fit).Rows, row => row[0].PlainText == "TCP, median" && row[2].PlainText == "not known");
    }
}
