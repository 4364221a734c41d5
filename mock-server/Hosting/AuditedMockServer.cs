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

/// <summary>WireMock.Net, which serves the pages, behind the steps that witness each request and impose the scenario on it.</summary>
internal sealed class AuditedMockServer : IDisposable
{
    private readonly WireMockServer _server;

    private AuditedMockServer(WireMockServer server, Uri address)
    {
        _server = server;
        Address = address;
    }

    /// <summary>Where the main endpoint listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it; returns when it is warm.</summary>
    /// <exception cref="StartException">A port is taken, or the address is none of this machine.</exception>
    public static AuditedMockServer Start(ServerSettings settings)
    {
        PortValidator.Check(settings);
        var lab = new ServerState(new Scenario { Latency = TimeSpan.Zero });
        var current = new AsyncLocal<RequestTrace?>();
        var listening = new EndpointConfigurator(settings, lab, SelfSignedCertificate.Make(settings.Bind));
        var wireMock = WireMockServer.Start(new WireMockServerSettings
        {
            // None of its own: the endpoints are configured below.
            Urls = [],
            StartAdminInterface = false,
            Logger = new WireMockNullLogger(),
            // Its log of requests costs memory for ever and sorting for each; the audit is ours.
            MaxRequestLogCount = 0,
            AdditionalServiceRegistration = services =>
                ((IServiceCollection)services).PostConfigure<KestrelServerOptions>(listening.Configure),
            PreWireMockMiddlewareInit = app => AddSteps((IApplicationBuilder)app, settings, lab, listening, current),
        });
        wireMock.Given(Request.Create().WithPath(Pages.JythonPath).UsingGet()).RespondWith(new PageProvider(current));
        wireMock.Given(Request.Create().WithPath(Pages.DicePath).UsingGet()).RespondWith(new PageProvider(current));
        listening.Started(wireMock.Ports);

        var server = new AuditedMockServer(wireMock, listening.Main);
        WarmUp.Run(server.Address);
        lab.Restart(settings.Scenario);
        return server;
    }

    public void Dispose() => _server.Dispose();

    /// <summary>The way of a request, in order.</summary>
    private static void AddSteps(IApplicationBuilder app, ServerSettings settings, ServerState lab, EndpointConfigurator listening, AsyncLocal<RequestTrace?> current)
    {
        app.Use((RequestDelegate next) => new ControlMiddleware(next, lab, listening, settings.RemoteControl).Invoke);
        app.Use((RequestDelegate next) => new AuditMiddleware(next, lab).Invoke);
        app.Use((RequestDelegate next) => new RateLimitMiddleware(next).Invoke);
        app.Use((RequestDelegate next) => new CapacityMiddleware(next).Invoke);
        app.Use((RequestDelegate next) => new LatencyMiddleware(next, lab.Timer).Invoke);
        app.Use((RequestDelegate next) => new FaultMiddleware(next, lab.Timer).Invoke);
        app.Use((RequestDelegate next) => new PageMiddleware(next, current).Invoke);
    }
}
