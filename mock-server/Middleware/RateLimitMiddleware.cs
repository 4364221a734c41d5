using Downloader.MockServer.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Refuses with 429 what comes faster than the scenario allows.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        var visit = context.Features.GetRequiredFeature<RequestTrace>();
        return visit.ActiveScenario.RateLimit is not { } limit || limit.Takes(visit.Arrived)
            ? next(context)
            : RejectionResponse.Write(context, visit, RequestOutcome.RateLimited, StatusCodes.Status429TooManyRequests, "Over the rate limit.");
    }
}
