using Downloader.Lab;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Witness;

/// <summary>Refuses with 429 what comes faster than the scenario allows.</summary>
internal sealed class RateLimitStep(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        var visit = context.Features.GetRequiredFeature<Visit>();
        return visit.InForce.RateLimit is not { } limit || limit.Takes(visit.Arrived)
            ? next(context)
            : Refusal.Write(context, visit, ServedOutcome.RateLimited, StatusCodes.Status429TooManyRequests, "Over the rate limit.");
    }
}
