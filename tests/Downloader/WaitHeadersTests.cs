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
    [InlineData(HttpStatusCode.TooManyRequests, "Retry-After: 2000000000", 86400.0)]
    [InlineData(HttpStatusCode.MovedPermanently, "Retry-After: 7", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"default\";r=0;t=5", 5.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"default\";r=1;t=5", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"second\";r=0;t=1, \"day\";r=0;t=30", 30.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"second\";r=3;t=1, \"day\";t=30;r=0", 30.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit: nonsense;;=;r=x", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit: \"default\";r=0;t=-5", 0.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit-Remaining: 0|RateLimit-Reset: 3", 3.0)]
    [InlineData(HttpStatusCode.OK, "RateLimit-Remaining: 2|RateLimit-Reset: 3", null)]
    [InlineData(HttpStatusCode.OK, "RateLimit-Remaining: 0|RateLimit-Reset: 1e300", 86400.0)]
    [InlineData(HttpStatusCode.OK, "", null)]
    public void The_wait_is_read(HttpStatusCode status, string headers, double? seconds)
    {
        using var response = new HttpResponseMessage(status);
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            response.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 2)..]);
        }

        Assert.Equal(seconds, WaitHeaders.Read(response)?.TotalSeconds);
    }
}
