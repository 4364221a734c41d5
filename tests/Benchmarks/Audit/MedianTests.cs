using Downloader.Benchmarks.Audit;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class MedianTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(2, 3, 1, 2)]
    [InlineData(2.5, 4, 1, 3, 2)]
    [InlineData(1, 1, 1000, 1, -5, 1)]
    public void The_middle_of_the_values_whatever_their_order(double median, params double[] values) => Assert.Equal(median, Median.Of(values));

    [Fact]
    public void No_values_have_none() => Assert.Throws<InvalidOperationException>(() => Median.Of([]));
}
