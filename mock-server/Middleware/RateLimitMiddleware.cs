using Downloader.MockServer.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Refuses with 429 the requests that come faster than the scenario allows.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        var trace = context.Features.GetRequiredFeature<RequestTrace>();
        var isAccepted = trace.ActiveScenario.RateLimiter?.TryAcquire(trace.Arrived) ?? true;
        return isAccepted
            ? next(context)
            : ErrorResponse.WriteRetryAfter(
                context, trace, RequestOutcome.RateLimited, StatusCodes.Status429TooManyRequests, "Over the rate limit.");
    }
}
