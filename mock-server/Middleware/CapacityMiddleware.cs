using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Admits as many requests at once as the scenario allows; makes others wait, and refuses with 503 those for which the queue is
/// full.</summary>
internal sealed class CapacityMiddleware(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        var trace = context.Features.GetRequiredFeature<RequestTrace>();
        return trace.ActiveScenario.Capacity is { } limiter ? Enter(context, trace, limiter) : next(context);
    }

    private async Task Enter(HttpContext context, RequestTrace trace, ConcurrencyLimiter limiter)
    {
        var entering = limiter.EnterAsync(context.RequestAborted);
        var waits = !entering.IsCompleted;
        var admission = await entering;
        if (waits) trace.Queued = Clock.Now - trace.Arrived;
        if (admission == Admission.Rejected)
        {
            await ErrorResponse.WriteRetryAfter(
                context, trace, RequestOutcome.Refused, StatusCodes.Status503ServiceUnavailable, "Over capacity.");
        }
        else if (admission == Admission.Admitted)
        {
            try
            {
                await next(context);
            }
            finally
            {
                limiter.Leave();
            }
        }
    }
}
