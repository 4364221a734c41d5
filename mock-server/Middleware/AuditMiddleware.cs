using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Records the arrival and the completion of each request.</summary>
internal sealed class AuditMiddleware(RequestDelegate next, ServerState state)
{
    private static readonly Func<object, Task> Complete = trace =>
    {
        ((RequestTrace)trace).Complete(Clock.Now);
        return Task.CompletedTask;
    };

    public async Task Invoke(HttpContext context)
    {
        var trace = RecordArrival(context);
        context.Features.Set(trace);
        // Before the first byte is sent: the client cannot have the answer, so it still has the request in flight.
        // ASP.NET Core calls these in reverse order: the latency's, registered later, runs before this one.
        if (trace.IsLogged) context.Response.OnStarting(Complete, trace);
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // WireMock.Net would answer with the stack trace.
            var reason = $"The mock server failed: {SingleLine.From(e.Message)}";
            await ErrorResponse.Write(context, trace, RequestOutcome.ServerError, StatusCodes.Status500InternalServerError, reason);
        }
        finally
        {
            // The client has closed the connection before anything was answered.
            if (!context.Response.HasStarted && context.RequestAborted.IsCancellationRequested)
            {
                trace.MarkAbandoned();
                trace.Complete(Clock.Now);
            }
        }
    }

    private RequestTrace RecordArrival(HttpContext context)
    {
        var arrived = Clock.Now;
        var connection = context.Features.GetRequiredFeature<TrackedConnection>();
        var activeScenario = state.ActiveScenario;
        var recorder = state.Audit;
        var (index, iteration, sequence) = recorder.RecordArrival();
        var page = HttpMethods.IsGet(context.Request.Method) ? GetPage(context, activeScenario) : Page.Other;
        return new RequestTrace
        {
            ActiveScenario = activeScenario,
            Recorder = recorder,
            Index = index,
            Iteration = iteration,
            Sequence = sequence,
            Arrived = arrived,
            Client = state.HasClientMarks ? state.FindClient(context.Request.Headers[ControlPaths.ClientHeader]) : -1,
            Page = page,
            Protocol = connection.Protocol,
            Connection = connection.Number,
            Connecting = connection.ConsumeConnectTime(),
            Latency = activeScenario.Latency.GetLatency(sequence),
            Outcome = page == Page.Other ? RequestOutcome.NotFound : RequestOutcome.Served,
        };
    }

    private static Page GetPage(HttpContext context, ActiveScenario activeScenario) => activeScenario.Pages.GetPage(
        context.Request.Path.Value, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
}
