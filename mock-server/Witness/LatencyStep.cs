using Downloader.MockServer.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Witness;

/// <summary>Serves each request as long as was drawn for it, counted from when it was admitted.</summary>
internal sealed class LatencyStep(RequestDelegate next, PreciseTimer timer)
{
    public Task Invoke(HttpContext context)
    {
        var visit = context.Features.GetRequiredFeature<Visit>();
        return visit.Latency > TimeSpan.Zero ? Delayed(context, visit) : next(context);
    }

    private async Task Delayed(HttpContext context, Visit visit)
    {
        await timer.Until(visit.Arrived + visit.Queued + visit.Latency, context.RequestAborted);
        // Who has gone waits for nothing: what it asked for is not made.
        if (!context.RequestAborted.IsCancellationRequested) await next(context);
    }
}
