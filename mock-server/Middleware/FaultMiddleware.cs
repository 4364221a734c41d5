using System.Net.Sockets;
using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Injects the faults of the scenario's plan, after the latency, as a server fails that has worked on the request.</summary>
/// <remarks>Over HTTP/2 the request's stream fails and not the connection, which other requests share: otherwise more than the share would
/// fail.</remarks>
internal sealed class FaultMiddleware(RequestDelegate next, PreciseTimer timer)
{
    // RFC 9113, section 7.
    private const int InternalError = 0x2;
    private const int Cancel = 0x8;

    public Task Invoke(HttpContext context)
    {
        var trace = context.Features.GetRequiredFeature<RequestTrace>();
        return trace.ActiveScenario.Faults.GetFault(trace.Sequence) switch
        {
            FaultKinds.Reset => Reset(context, trace),
            FaultKinds.Empty => Empty(context, trace),
            FaultKinds.CutShort => CutShort(context, trace),
            FaultKinds.ServerError => ErrorResponse.Write(
                context, trace, RequestOutcome.ServerError, StatusCodes.Status500InternalServerError, "Failed on purpose."),
            _ => next(context),
        };
    }

    private async Task Reset(HttpContext context, RequestTrace trace)
    {
        if (!await TryComplete(context, trace, RequestOutcome.Reset)) return;
        if (context.Features.Get<IHttpResetFeature>() is { } stream)
        {
            stream.Reset(InternalError);
        }
        else
        {
            // Closing a socket that does not linger sends RST.
            var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
            context.Abort();
        }
    }

    private async Task Empty(HttpContext context, RequestTrace trace)
    {
        if (!await TryComplete(context, trace, RequestOutcome.Empty)) return;
        if (context.Features.Get<IHttpResetFeature>() is { } stream)
        {
            stream.Reset(Cancel);
        }
        else
        {
            // FIN first: what Abort sends after it is a reset.
            context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Both);
            context.Abort();
        }
    }

    /// <summary>Writes less than was announced: ASP.NET Core sends it all and then closes the connection, or the stream.</summary>
    private static async Task CutShort(HttpContext context, RequestTrace trace)
    {
        var body = trace.Page == Page.Other ? "Cut short."u8.ToArray() : trace.ActiveScenario.Pages.GetBody(trace.Page);
        var half = body.AsMemory(0, body.Length / 2);
        trace.Outcome = RequestOutcome.CutShort;
        trace.BodyBytes = half.Length;
        // At least one byte is missing, also of an empty page.
        context.Response.ContentLength = Math.Max(1, body.Length);
        await context.Response.StartAsync();
        await context.Response.Body.WriteAsync(half);
    }

    /// <summary>No answer starts that the latency could delay: waits here. False when the client has closed the connection
    /// meanwhile.</summary>
    private async ValueTask<bool> TryComplete(HttpContext context, RequestTrace trace, RequestOutcome outcome)
    {
        await timer.DelayUntil(trace.Due, context.RequestAborted);
        if (context.RequestAborted.IsCancellationRequested) return false;
        trace.Outcome = outcome;
        trace.Complete(Clock.Now);
        return true;
    }
}
