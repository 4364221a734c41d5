using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Delays each answer until the request has been served as long as was drawn for it.</summary>
/// <remarks>The answer is prepared first and then delayed: the time to prepare it is part of the latency instead of being added to it,
/// which keeps the latency accurate when many answers are due at once.</remarks>
internal sealed class LatencyMiddleware(RequestDelegate next, PreciseTimer timer)
{
    public Task Invoke(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<RequestTrace>().Latency > TimeSpan.Zero)
            context.Response.OnStarting(state => DelayAnswer((HttpContext)state), context);
        return next(context);
    }

    private async Task DelayAnswer(HttpContext context)
    {
        var trace = context.Features.GetRequiredFeature<RequestTrace>();
        await timer.DelayUntil(trace.Due, context.RequestAborted);
        if (context.RequestAborted.IsCancellationRequested) trace.MarkAbandoned();
    }
}
