using System.Net;
using System.Text;
using System.Text.Json;
using Downloader.MockServer.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Downloader.MockServer.Hosting;

/// <summary>The control paths of a run of several clients.</summary>
internal sealed class LoadRunEndpoints(LoadRunRegistry loadRuns)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ControlPaths.Clients, Join);
        routes.MapGet(ControlPaths.Clients, Get);
        routes.MapDelete(ControlPaths.Clients, Close);
        routes.MapPost(ControlPaths.Claim, End);
    }

    /// <summary>Answers with the client's mark, then with the line that releases it, and keeps the answer open until the client has ended:
    /// it is lost with this connection, however its process ends.</summary>
    private async Task Join(HttpContext context)
    {
        var request = await JsonSerializer.DeserializeAsync<JoinRequest>(context.Request.Body, ControlJson.Options, context.RequestAborted);
        if (request is null or { Plan: null } or { Machine: null }) throw new JsonException("a client says its plan and its machine");
        var connection = context.Connection;
        var member = loadRuns.Join(request, $"{new IPEndPoint(connection.RemoteIpAddress!, connection.RemotePort)}",
            ControlAccessMiddleware.IsFromThisMachine(connection));
        try
        {
            if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) TcpKeepAlive.Start(socket);
            context.Response.Headers[ControlPaths.ClientHeader] = member.Mark;
            await context.Response.Body.FlushAsync(context.RequestAborted);
            var failure = await member.Released.WaitAsync(context.RequestAborted);
            var line = failure is null ? ControlPaths.ReleaseLine : ControlPaths.FailurePrefix + SingleLine.From(failure, int.MaxValue);
            await context.Response.WriteAsync(line + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (failure is null) await member.Ended.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client's connection has ended.
        }
        finally
        {
            loadRuns.Leave(member);
        }
    }

    private Task Get(HttpContext context)
    {
        LoadRun[] run = loadRuns.Get() is { } current ? [current] : [];
        return context.Response.WriteAsJsonAsync(run, ControlJson.Options);
    }

    private Task Close(HttpContext context)
    {
        loadRuns.Close(context.Request.Query["id"]);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task End(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        loadRuns.End(context.Request.Headers[ControlPaths.ClientHeader], await reader.ReadToEndAsync(context.RequestAborted));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
