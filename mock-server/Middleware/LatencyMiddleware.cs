using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Holds each answer back until the request has been served as long as was drawn for it.</summary>
/// <remarks>The answer is made first and waits at the door: what making it costs lies within the latency instead of being added to it, which
/// keeps the latency true when many answers are due at once.</remarks>
internal sealed class LatencyMiddleware(RequestDelegate next, PreciseTimer timer)
{
    public Task Invoke(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<RequestTrace>().Latency > TimeSpan.Zero)
            context.Response.OnStarting(state => Hold((HttpContext)state), context);
        return next(context);
    }

    private async Task Hold(HttpContext context)
    {
        var visit = context.Features.GetRequiredFeature<RequestTrace>();
        await timer.Until(visit.Due, context.RequestAborted);
        if (context.RequestAborted.IsCancellationRequested) visit.Outcome = RequestOutcome.Abandoned;
    }
}
