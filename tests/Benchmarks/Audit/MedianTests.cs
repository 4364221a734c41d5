using Downloader.Benchmarks.Audit;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class MedianTests
{
    public static TheoryData<double, double[]> Medians => new()
    {
        { 7, [7] },
        { 2, [3, 1, 2] },
        { 2.5, [4, 1, 3, 2] },
        { 1, [1, 1000, 1, -5, 1] },
    };

    [Theory]
    [MemberData(nameof(Medians))]
    public void The_middle_of_the_values_whatever_their_order(double median, double[] values) => Assert.Equal(median, Median.Of(values));

    [Fact]
    public void No_values_have_none() => Assert.Throws<InvalidOperationException>(() => Median.Of([]));
}
