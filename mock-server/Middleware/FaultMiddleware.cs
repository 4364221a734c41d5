using System.Net.Sockets;
using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Lets fail what the scenario's plan says, after the latency, as a server fails that has worked on the request.</summary>
/// <remarks>Over HTTP/2 it is the request's stream that fails and not the connection, which other requests share: the share stays what it is.</remarks>
internal sealed class FaultMiddleware(RequestDelegate next, PreciseTimer timer)
{
    // RFC 9113, section 7.
    private const int InternalError = 0x2;
    private const int Cancel = 0x8;

    public Task Invoke(HttpContext context)
    {
        var visit = context.Features.GetRequiredFeature<RequestTrace>();
        return visit.ActiveScenario.Faults.Of(visit.Sequence) switch
        {
            FaultKinds.Reset => Reset(context, visit),
            FaultKinds.Empty => Empty(context, visit),
            FaultKinds.CutShort => CutShort(context, visit),
            FaultKinds.ServerError => ServerError(context, visit),
            _ => next(context),
        };
    }

    private async Task Reset(HttpContext context, RequestTrace visit)
    {
        if (!await Complete(context, visit, RequestOutcome.Reset)) return;
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

    private async Task Empty(HttpContext context, RequestTrace visit)
    {
        if (!await Complete(context, visit, RequestOutcome.Empty)) return;
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

    /// <summary>Less than was announced: ASP.NET Core sends it all and then closes the connection, or the stream.</summary>
    private static async Task CutShort(HttpContext context, RequestTrace visit)
    {
        visit.Outcome = RequestOutcome.CutShort;
        var body = visit.Page == Page.Other ? "Cut short."u8.ToArray() : visit.ActiveScenario.Pages.Body(visit.Page);
        // At least a byte is missing, also of an empty page.
        context.Response.ContentLength = Math.Max(1, body.Length);
        await context.Response.StartAsync();
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
    }

    private static Task ServerError(HttpContext context, RequestTrace visit)
    {
        const string Reason = "Failed on purpose.";
        visit.Outcome = RequestOutcome.ServerError;
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        context.Response.ContentLength = Reason.Length;
        return context.Response.WriteAsync(Reason);
    }

    /// <summary>No answer starts that the latency could hold back: waits here. False when the client has gone meanwhile.</summary>
    private async ValueTask<bool> Complete(HttpContext context, RequestTrace visit, RequestOutcome outcome)
    {
        await timer.Until(visit.Due, context.RequestAborted);
        if (context.RequestAborted.IsCancellationRequested) return false;
        visit.Outcome = outcome;
        visit.Complete(Clock.Now);
        return true;
    }
}
