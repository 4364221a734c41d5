using Downloader.Lab;
using Downloader.MockServer.Conditions;
using Downloader.MockServer.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Witness;

/// <summary>Sees each request come and go.</summary>
internal sealed class AuditStep(RequestDelegate next, LabState lab)
{
    private static readonly Func<object, Task> CompleteVisit = visit =>
    {
        ((Visit)visit).Complete(Clock.Now);
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
                visit.Outcome = ServedOutcome.Abandoned;
                visit.Complete(Clock.Now);
            }
        }
    }

    private Visit Arrive(HttpContext context)
    {
        var arrived = Clock.Now;
        var connection = context.Features.GetRequiredFeature<LabConnection>();
        var inForce = lab.InForce;
        var log = lab.Audit;
        var (index, iteration, sequence) = log.Arrive();
        var page = Pages.At(context.Request.Path.Value);
        return new Visit
        {
            InForce = inForce,
            Log = log,
            Index = index,
            Iteration = iteration,
            Sequence = sequence,
            Arrived = arrived,
            Page = page,
            Protocol = connection.Protocol,
            Connection = connection.Number,
            Connecting = connection.TakeConnecting(),
            Latency = inForce.Latency.Of(sequence),
            Outcome = page == Page.Other ? ServedOutcome.NotFound : ServedOutcome.Served,
        };
    }
}
