using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Sees each request come and go.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, ServerState lab)
{
    private static readonly Func<object, Task> CompleteVisit = visit =>
    {
        ((RequestTrace)visit).Complete(Clock.Now);
        return Task.CompletedTask;
    };

    public async Task Invoke(HttpContext context)
    {
        var visit = Arrive(context);
        context.Features.Set(visit);
        // Before the first byte leaves: the client cannot have the answer, so it still has the request in flight.
        // What is registered later, as the latency, runs before.
        if (visit.IsLogged) context.Response.OnStarting(CompleteVisit, visit);
        try
        {
            await next(context);
        }
        finally
        {
            // Nothing has been answered, nor will be: the client has gone.
            if (!context.Response.HasStarted && context.RequestAborted.IsCancellationRequested)
            {
                visit.Outcome = RequestOutcome.Abandoned;
                visit.Complete(Clock.Now);
            }
        }
    }

    private RequestTrace Arrive(HttpContext context)
    {
        var arrived = Clock.Now;
        var connection = context.Features.GetRequiredFeature<TrackedConnection>();
        var inForce = lab.ActiveScenario;
        var log = lab.Audit;
        var (index, iteration, sequence) = log.Arrive();
        var page = Pages.At(context.Request.Path.Value);
        return new RequestTrace
        {
            ActiveScenario = inForce,
            Log = log,
            Index = index,
            Iteration = iteration,
            Sequence = sequence,
            Arrived = arrived,
            Page = page,
            Protocol = connection.Protocol,
            Connection = connection.Number,
            Connecting = connection.ConsumeConnectTime(),
            Latency = inForce.Latency.Of(sequence),
            Outcome = page == Page.Other ? RequestOutcome.NotFound : RequestOutcome.Served,
        };
    }
}
