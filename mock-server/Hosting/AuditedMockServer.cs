using Downloader.MockServer.Client;
using Downloader.MockServer.Middleware;
using Downloader.MockServer.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WireMock.Logging;
using WireMock.RequestBuilders;
using WireMock.Server;
using WireMock.Settings;

namespace Downloader.MockServer.Hosting;

/// <summary>WireMock.Net, which serves the pages, behind the middleware that audits each request and applies the scenario to it.</summary>
internal sealed class AuditedMockServer : IDisposable
{
    private readonly WireMockServer _server;

    private AuditedMockServer(WireMockServer server, Uri address)
    {
        _server = server;
        Address = address;
    }

    /// <summary>The address of the main endpoint.</summary>
    public Uri Address { get; }

    /// <summary>Starts it; returns when it is warm.</summary>
    /// <exception cref="StartException">A port is in use, or the address is not one of this machine.</exception>
    public static AuditedMockServer Start(ServerSettings settings)
    {
        PortValidator.EnsureAvailable(settings);
        var state = new ServerState(new Scenario { Latency = TimeSpan.Zero });
        var current = new AsyncLocal<RequestTrace?>();
        var endpoints = new EndpointConfigurator(settings, state, SelfSignedCertificate.Create(settings.Bind));
        var wireMock = WireMockServer.Start(new WireMockServerSettings
        {
            // No endpoints of its own: they are configured below.
            Urls = [],
            StartAdminInterface = false,
            Logger = new WireMockNullLogger(),
            // Its own log keeps every request in memory and sorts for each; ours replaces it.
            MaxRequestLogCount = 0,
            AdditionalServiceRegistration = services =>
                ((IServiceCollection)services).AddRouting().PostConfigure<KestrelServerOptions>(endpoints.Configure),
            PreWireMockMiddlewareInit = app => AddMiddleware((IApplicationBuilder)app, settings, state, endpoints, current),
        });
        // The page of most requests first: WireMock.Net asks one mapping after the other.
        foreach (var path in (string[])[Pages.JythonPath, Pages.DicePath, Pages.LargePath])
            wireMock.Given(Request.Create().WithPath(path).UsingGet()).RespondWith(new PageProvider(current));
        // The pages that a scenario lists: only requests for pages come so far.
        wireMock.Given(Request.Create().UsingGet()).RespondWith(new PageProvider(current));
        endpoints.SetPorts(wireMock.Ports);

        var server = new AuditedMockServer(wireMock, endpoints.Main);
        WarmUp.Run(server.Address);
        state.Restart(settings.Scenario);
        return server;
    }

    public void Dispose() => _server.Dispose();

    /// <summary>The steps of a request, in order.</summary>
    private static void AddMiddleware(
        IApplicationBuilder app,
        ServerSettings settings,
        ServerState state,
        EndpointConfigurator endpoints,
        AsyncLocal<RequestTrace?> current)
    {
        app.Use((RequestDelegate next) => new HostHeaderMiddleware(next).Invoke);
        // After a run its log can still be read; requests that come later do not make it grow.
        var runs = new RunRegistry(TimeProvider.System, () => state.Audit.StopLogging());
        var control = new ControlEndpoints(state, endpoints, runs, settings.RemoteControl);
        app.MapWhen(ControlEndpoints.IsControlRequest, control.AddTo);
        app.Use((RequestDelegate next) => new AuditMiddleware(next, state).Invoke);
        app.Use((RequestDelegate next) => new RateLimitMiddleware(next).Invoke);
        app.Use((RequestDelegate next) => new CapacityMiddleware(next).Invoke);
        app.Use((RequestDelegate next) => new LatencyMiddleware(next, state.Timer).Invoke);
        app.Use((RequestDelegate next) => new FaultMiddleware(next, state.Timer).Invoke);
        app.Use((RequestDelegate next) => new PageMiddleware(next, current).Invoke);
    }
}
