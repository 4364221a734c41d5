using System.Net;
using System.Text;
using System.Text.Json;
using Downloader.MockServer.Client;
using Downloader.MockServer.Hosting;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Http;

namespace Downloader.MockServer.Middleware;

/// <summary>Answers the control paths, ahead of the audit and of everything the scenario imposes.</summary>
internal sealed class ControlMiddleware(RequestDelegate next, ServerState lab, EndpointConfigurator listening, bool isOpenToAll)
{
    /// <summary>A scenario, or a claim, is a few hundred bytes.</summary>
    private const int MaxBody = 16 * 1024;

    public Task Invoke(HttpContext context) =>
        context.Request.Path.StartsWithSegments(ControlPaths.Root, StringComparison.Ordinal) ? Conclusion(context) : next(context);

    private async Task Conclusion(HttpContext context)
    {
        context.Response.Headers[MockServerClient.MarkerHeader] = "1";
        if (!isOpenToAll && !IsFromThisMachine(context.Connection))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "control paths are for this machine only; start the server with --remote-control to open them");
            return;
        }

        await ($"{context.Request.Method} {context.Request.Path.Value}" switch
        {
            "GET " + ControlPaths.Scenario => Json(context, lab.ActiveScenario.Scenario),
            "PUT " + ControlPaths.Scenario => SetScenario(context),
            "GET " + ControlPaths.Endpoints => Json(context, listening.Endpoints(context.Request.Host.Host)),
            "GET " + ControlPaths.Audit => ReadAudit(context),
            "PUT " + ControlPaths.Audit => Do(context, lab.ResetAudit),
            "DELETE " + ControlPaths.Audit => Do(context, lab.StopAudit),
            "POST " + ControlPaths.Begin => Do(context, () => lab.Audit.BeginIteration(Clock.Now)),
            "POST " + ControlPaths.End => EndIteration(context, Clock.Now),
            _ => Refuse(context, StatusCodes.Status404NotFound, "no such control path"),
        });
    }

    /// <summary>By loopback, or from the very address that it went to.</summary>
    private static bool IsFromThisMachine(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } remote && (IPAddress.IsLoopback(remote) || remote.Equals(connection.LocalIpAddress));

    private async Task SetScenario(HttpContext context)
    {
        try
        {
            var scenario = await ReadScenario(context.Request);
            scenario.Validate();
            lab.SetScenario(scenario);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception e) when (e is JsonException or ScenarioException)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, e.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task<Scenario> ReadScenario(HttpRequest request) =>
        JsonSerializer.Deserialize<Scenario>((await ReadBody(request)).Span, ControlJson.Options) ?? throw new JsonException("a scenario is a JSON object");

    private async Task EndIteration(HttpContext context, TimeSpan now)
    {
        try
        {
            var claim = await ReadBody(context.Request);
            lab.Audit.EndIteration(now, claim.Length == 0 ? null : Encoding.UTF8.GetString(claim.Span));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (JsonException e)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, e.Message);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBody(HttpRequest request)
    {
        var body = new byte[MaxBody + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length <= MaxBody ? body.AsMemory(0, length) : throw new JsonException($"a control request takes at most {MaxBody} bytes");
    }

    private async Task ReadAudit(HttpContext context)
    {
        context.Response.ContentType = RequestLogFormat.MediaType;
        var output = context.Response.BodyWriter;
        await RequestLogFormat.WriteAsync(lab.Audit.Read(), output, async () => await output.FlushAsync(context.RequestAborted));
    }

    private static Task Json<T>(HttpContext context, T value) => context.Response.WriteAsJsonAsync(value, ControlJson.Options);

    private static Task Do(HttpContext context, Action action)
    {
        action();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(reason + "\n");
    }
}
