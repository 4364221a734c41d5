using System.Net;
using Downloader.MockServer.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Downloader.Benchmarks.Execution;

/// <summary>Hands out <see cref="HttpClient"/>s as developers get them: with the defaults of the runtime or of IHttpClientFactory, except
/// that no proxy is used, which would be measured too.</summary>
internal sealed class HttpClientSource : IDisposable
{
    private readonly WireProtocol _protocol;
    private readonly ServerEndpoints _endpoints;
    private readonly HttpClient? _shared;
    private readonly ServiceProvider? _services;
    private readonly IHttpClientFactory? _factory;

    /// <param name="downloadCase">Names which downloads share a client.</param>
    /// <param name="endpoints">Where the server listens; its certificate is trusted.</param>
    /// <exception cref="InvalidOperationException">The case asks for a client per worker.</exception>
    public HttpClientSource(DownloadCase downloadCase, ServerEndpoints endpoints)
    {
        _protocol = downloadCase.Scenario.Protocol;
        _endpoints = endpoints;
        switch (downloadCase.Clients)
        {
            case ClientPolicy.Shared:
                _shared = CreateClient();
                break;
            case ClientPolicy.Factory or ClientPolicy.LoggedFactory:
                _services = CreateServices(isLogged: downloadCase.Clients == ClientPolicy.LoggedFactory);
                _factory = _services.GetRequiredService<IHttpClientFactory>();
                break;
            case ClientPolicy.PerWorker:
                throw new InvalidOperationException("A case that downloads with HttpClient itself has no client per worker.");
        }
    }

    /// <summary>A client for one download: the shared one, one of the factory's, or a new one.</summary>
    public HttpClient Rent() => _shared ?? _factory?.CreateClient() ?? CreateClient();

    /// <summary>Disposes a client that is not shared: one of its own closes its connection, one of the factory's leaves it open.</summary>
    public void Release(HttpClient client)
    {
        if (client != _shared) client.Dispose();
    }

    public void Dispose()
    {
        _shared?.Dispose();
        _services?.Dispose();
    }

    /// <summary>As <c>new HttpClient()</c> makes it.</summary>
    private HttpClient CreateClient()
    {
        var handler = new HttpClientHandler { UseProxy = false };
        if (_protocol == WireProtocol.Https)
        {
            var accept = ClientSourceFactory.AcceptOnlyCertificate(_endpoints.Certificate);
            handler.ServerCertificateCustomValidationCallback = (request, certificate, chain, errors) =>
                accept(request, certificate, chain, errors);
        }

        var client = new HttpClient(handler);
        SetVersion(client);
        return client;
    }

    /// <summary>As <c>AddHttpClient()</c> registers the factory.</summary>
    private ServiceProvider CreateServices(bool isLogged)
    {
        var services = new ServiceCollection();
        if (isLogged) services.AddLogging(logging => logging.AddProvider(new FormattingLoggerProvider()));
        services.AddHttpClient("")
            .ConfigureHttpClient(SetVersion)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.UseProxy = false;
                if (_protocol == WireProtocol.Https)
                {
                    handler.SslOptions.RemoteCertificateValidationCallback =
                        ClientSourceFactory.AcceptOnlyCertificate(_endpoints.Certificate);
                }
            });
        return services.BuildServiceProvider();
    }

    private void SetVersion(HttpClient client)
    {
        if (_protocol != WireProtocol.Http2) return;
        // In clear text there is no negotiation: the client has to ask for the version.
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }
}
