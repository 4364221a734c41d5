using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Lets in as many at once as the scenario allows; makes others wait, and refuses with 503 those past the queue's end.</summary>
internal sealed class CapacityMiddleware(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        var visit = context.Features.GetRequiredFeature<RequestTrace>();
        return visit.ActiveScenario.Capacity is { } gate ? Enter(context, visit, gate) : next(context);
    }

    private async Task Enter(HttpContext context, RequestTrace visit, ConcurrencyLimiter gate)
    {
        var entering = gate.EnterAsync(context.RequestAborted);
        var waits = !entering.IsCompleted;
        var admission = await entering;
        if (waits) visit.Queued = Clock.Now - visit.Arrived;
        if (admission == Admission.Full)
        {
            await RejectionResponse.Write(context, visit, RequestOutcome.Refused, StatusCodes.Status503ServiceUnavailable, "Over capacity.");
        }
        else if (admission == Admission.Inside)
        {
            try
            {
                await next(context);
            }
            finally
            {
                gate.Leave();
            }
        }
    }
}
