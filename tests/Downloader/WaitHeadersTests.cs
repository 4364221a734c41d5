using System.Net;

namespace Downloader.Tests.Library;

/// <summary>How long a response asks all clients to wait.</summary>
public sealed class WaitHeadersTests
{
    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "Retry-After: 7", 7.0)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Retry-After: 7", 7.0)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Retry-After: Thu, 01 Jan 2015 00:00:00 GMT", 0.0)]
    [InlineData(HttpStatusCode.TooManyRequests, "Retry-After: 4000000000", null)]
    [InlineData(HttpStatusCode.TooManyRequests, "Retry-After: 2000000000", null)]
    [InlineData(HttpStatusCode.TooManyRequests, "Retry-After: 300", 300.0)]
    [InlineData(HttpStatusCode.TooManyRequests, "Retry-After: 301", null)]
    [InlineData(HttpStatusCode.TooManyRequests, "Retry-After: Fri, 01 Jan 2500 00:00:00 GMT", null)]
    [InlineData(HttpStatusCode.MovedPermanently, "Retry-After: 7", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"default\";r=0;t=5", 5.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"default\";r=1;t=5", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"second\";r=0;t=1, \"day\";r=0;t=30", 30.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"second\";r=3;t=1, \"day\";t=30;r=0", 30.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"second\";r=0;t=1, \"day\";r=0;t=3000", 1.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit: nonsense;;=;r=x", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"default\";r=0;t=-5", 0.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit-Remaining: 0|RateLimit-Reset: 3", 3.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit-Remaining: 2|RateLimit-Reset: 3", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit-Remaining: 0|RateLimit-Reset: 1e300", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit-Remaining: 0|RateLimit-Reset: 301", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit-Remaining: 0|RateLimit-Reset: 1400000000", 0.0)]
    [InlineData(HttpStatusCode.OK, "", null)]
    public void The_wait_is_read_and_one_that_is_too_long_is_none(HttpStatusCode status, string headers, double? seconds) =>
        Assert.Equal(seconds, Read(status, headers)?.TotalSeconds);

    /// <summary>As GitLab sends it: seconds since 1970. The machine may be slow, but not by minutes.</summary>
    [Fact]
    public void A_reset_that_is_a_point_in_time_is_waited_for()
    {
        var soon = DateTimeOffset.UtcNow.AddSeconds(290).ToUnixTimeSeconds();

        var wait = Read(HttpStatusCode.TooManyRequests, $"RateLimit-Remaining: 0|RateLimit-Reset: {soon}");

        Assert.NotNull(wait);
        Assert.InRange(wait.Value.TotalSeconds, 1, 290);
    }

    private static TimeSpan? Read(HttpStatusCode status, string headers)
    {
        using var response = new HttpResponseMessage(status);
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            response.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 2)..]);
        }

        return WaitHeaders.Read(response);
    }
}
