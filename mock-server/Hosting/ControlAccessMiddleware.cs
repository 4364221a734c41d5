using System.Net;
using System.Text.Json;
using Downloader.MockServer.Client;
using Downloader.MockServer.Middleware;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Hosting;

/// <summary>Decides who may send control requests, and answers each refusal with one line.</summary>
/// <remarks>
/// <para>No web page may control the server. A browser sends an Origin with every request of a page that changes something, and no other
/// client of this server sends one. By DNS rebinding a page's own name can lead to this server; its requests then carry that name as Host.
/// So the Host must be an address or a name of this machine: an IP address cannot be rebound, and foreign pages cannot have the name
/// localhost or this machine's.</para>
/// <para>While a run holds the server, requests that change something must carry its token. The clients of a run that has several carry
/// marks of their own, which <see cref="LoadRunRegistry"/> checks.</para>
/// </remarks>
internal sealed class ControlAccessMiddleware(RequestDelegate next, RunRegistry runs, bool isRemoteAllowed)
{
    /// <summary>A client's report is a few hundred bytes.</summary>
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary>A scenario too, but for tables of quantiles and lists of pages: the longest ones take some 30,000 bytes together.</summary>
    private const int MaxScenarioBytes = 64 * 1024;

    public async Task Invoke(HttpContext context)
    {
        context.Response.Headers[ControlPaths.MarkerHeader] = "1";
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize =
            context.Request.Path == ControlPaths.Scenario ? MaxScenarioBytes : MaxBodyBytes;
        try
        {
            CheckAccess(context);
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && GetStatus(e) is not null)
        {
            context.Response.StatusCode = GetStatus(e)!.Value;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(SingleLine.From(e.Message) + "\n");
        }
    }

    private static int? GetStatus(Exception error) => error switch
    {
        ControlRequestException refusal => refusal.Status,
        BadHttpRequestException malformed => malformed.StatusCode,
        JsonException or ScenarioException => StatusCodes.Status400BadRequest,
        AuditLimitException => StatusCodes.Status409Conflict,
        OperationCanceledException or IOException => null,
        _ => StatusCodes.Status500InternalServerError,
    };

    private void CheckAccess(HttpContext context)
    {
        if (!isRemoteAllowed && !IsFromThisMachine(context.Connection))
            throw Forbidden("control paths are for this machine only; start the server with --remote-control to open them");
        if (context.Request.Headers.ContainsKey("Origin"))
            throw Forbidden("control paths are not for web pages: the request has an Origin header");
        if (!IsLocalHost(context.Request.Host.Host, context.Connection))
            throw Forbidden($"Host {context.Request.Host.Host}: must be an address or the name of the server's machine");
        var isOfLoadRun = context.Request.Path.StartsWithSegments(ControlPaths.Clients, StringComparison.Ordinal);
        if (!HttpMethods.IsGet(context.Request.Method) && !isOfLoadRun)
            runs.CheckToken(context.Request.Headers[ControlPaths.RunTokenHeader]);
    }

    /// <summary>By loopback, or from the address that it was sent to.</summary>
    public static bool IsFromThisMachine(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } remote && (IPAddress.IsLoopback(remote) || remote.Equals(connection.LocalIpAddress));

    /// <summary>With --remote-control any address will do: behind a port mapping it is not one of this machine.</summary>
    private bool IsLocalHost(string host, ConnectionInfo connection)
    {
        if (IPAddress.TryParse(host, out var address))
            return isRemoteAllowed || IPAddress.IsLoopback(address) || address.Equals(connection.LocalIpAddress);
        var isMachineName = isRemoteAllowed && host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);
        return isMachineName || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
    }

    private static ControlRequestException Forbidden(string reason) => new(StatusCodes.Status403Forbidden, reason);
}
