using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Downloader.MockServer.Client;
using Downloader.MockServer.Middleware;
using Downloader.MockServer.Simulation;
using MemoryPack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Downloader.MockServer.Hosting;

/// <summary>The control paths: a branch of its own, ahead of the audit and of everything that the scenario applies to requests.</summary>
internal sealed class ControlEndpoints(ServerState state, EndpointConfigurator endpoints, RunRegistry runs, bool isRemoteAllowed)
{
    private readonly LoadRunEndpoints _loadRuns = new(new LoadRunRegistry(runs, state));

    public static bool IsControlRequest(HttpContext context) =>
        context.Request.Path.StartsWithSegments(ControlPaths.Root, StringComparison.Ordinal);

    public void AddTo(IApplicationBuilder branch)
    {
        branch.Use((RequestDelegate next) => new ControlAccessMiddleware(next, runs, isRemoteAllowed).Invoke);
        branch.UseRouting();
        branch.UseEndpoints(Map);
        branch.Run(_ => throw new ControlRequestException(StatusCodes.Status404NotFound, "no such control path"));
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ControlPaths.Scenario, context => WriteJson(context, state.ActiveScenario.Scenario));
        routes.MapPut(ControlPaths.Scenario, SetScenario);
        routes.MapGet(ControlPaths.Endpoints, context => WriteJson(context, endpoints.GetEndpoints(context.Request.Host.Host)));
        routes.MapGet(ControlPaths.Audit, ReadAudit);
        routes.MapPut(ControlPaths.Audit, context => Do(context, state.ResetAudit));
        routes.MapDelete(ControlPaths.Audit, context => Do(context, state.StopAudit));
        routes.MapPost(ControlPaths.Begin, context => Do(context, () => state.BeginIteration(Clock.Now)));
        routes.MapPost(ControlPaths.End, EndIteration);
        routes.MapPost(ControlPaths.Run, HoldRun);
        routes.MapDelete(ControlPaths.Run, context => Do(context, runs.Release));
        _loadRuns.Map(routes);
    }

    private async Task SetScenario(HttpContext context)
    {
        var scenario = await JsonSerializer.DeserializeAsync<Scenario>(context.Request.Body, ControlJson.Options, context.RequestAborted)
            ?? throw new JsonException("a scenario is a JSON object");
        scenario.Validate();
        await Do(context, () => state.SetScenario(scenario));
    }

    private async Task EndIteration(HttpContext context)
    {
        var now = Clock.Now;
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var report = await reader.ReadToEndAsync(context.RequestAborted);
        await Do(context, () => state.Audit.EndIteration(now, report.Length == 0 ? null : report));
    }

    private Task ReadAudit(HttpContext context)
    {
        var page = state.Audit.Read(GetPosition(context, "from", 0), GetPosition(context, "to", int.MaxValue));
        var bytes = MemoryPackSerializer.Serialize(page);
        context.Response.ContentType = AuditPage.MediaType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, 0, bytes.Length);
    }

    private static int GetPosition(HttpContext context, string name, int missing)
    {
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0) return missing;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new ControlRequestException(StatusCodes.Status400BadRequest, $"{name} {text}: must be a whole number, 0 or more");
    }

    /// <summary>Answers with the run's token, and then keeps the answer open: the run ends with this connection, however its process
    /// ends.</summary>
    private async Task HoldRun(HttpContext context)
    {
        var run = runs.Acquire();
        try
        {
            // A machine that loses power closes no connection: the system asks it from time to time.
            context.Features.Get<IConnectionSocketFeature>()?.Socket.SetSocketOption(
                SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            context.Response.Headers[ControlPaths.RunTokenHeader] = run.Token;
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await run.Ended.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            runs.End(run);
        }
    }

    private static Task WriteJson<T>(HttpContext context, T value) => context.Response.WriteAsJsonAsync(value, ControlJson.Options);

    private static Task Do(HttpContext context, Action action)
    {
        action();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
