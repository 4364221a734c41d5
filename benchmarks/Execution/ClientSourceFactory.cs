using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Downloader.MockServer.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Downloader.Benchmarks.Execution;

/// <summary>Makes the clients of a case.</summary>
internal static class ClientSourceFactory
{
    /// <summary>A client source for the case's policy; disposed with the case if it is disposable.</summary>
    /// <param name="downloadCase">The case.</param>
    /// <param name="endpoints">Where the server listens.</param>
    /// <param name="header">A header that each request has; null for none.</param>
    public static IClientSource Create(
        DownloadCase downloadCase, ServerEndpoints endpoints, KeyValuePair<string, string>? header = null)
    {
        var scenario = downloadCase.Scenario;
        var options = new DownloaderOptions();
        Configure(options);
        return downloadCase.Clients switch
        {
            ClientPolicy.New => new ClientPerDownloadSource(options),
            ClientPolicy.PerWorker => new PerWorkerClientSource(options),
            ClientPolicy.Factory or ClientPolicy.LoggedFactory => new ServiceProviderClientSource(Configure),
            _ => new SharedClientSource(options),
        };

        void Configure(DownloaderOptions target)
        {
            // No connection is replaced in the middle of a measurement.
            target.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
            target.Timeout = TimeSpan.FromMinutes(2);
            target.HttpVersion = scenario.Protocol == WireProtocol.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
            target.Resilience = downloadCase.MaxRetries > 0 ? Resilience(downloadCase) : null;
            target.RateLimit = downloadCase.Rate;
            if (header is { } one) target.Headers.Add(one);
            target.ConfigureHandler = handler =>
            {
                // A proxy between client and server would be measured too.
                handler.UseProxy = false;
                if (scenario.Protocol == WireProtocol.Https)
                    handler.SslOptions.RemoteCertificateValidationCallback = AcceptOnlyCertificate(endpoints.Certificate);
            };
        }
    }

    /// <summary>Waits of the order of a download's latency: the default of a second would dominate the makespan.</summary>
    private static Polly.ResiliencePipeline<DownloadResult> Resilience(DownloadCase downloadCase) => DownloadResilience.Create(
        new DownloadResilienceOptions { MaxRetryAttempts = downloadCase.MaxRetries, Delay = 2 * downloadCase.Scenario.Latency });

    /// <summary>Accepts the certificate that the server made at its start, and no other.</summary>
    public static RemoteCertificateValidationCallback AcceptOnlyCertificate(string certificateBase64)
    {
        var trusted = Convert.FromBase64String(certificateBase64);
        return (_, certificate, _, _) => certificate is X509Certificate2 shown && shown.RawDataMemory.Span.SequenceEqual(trusted);
    }

    /// <summary>What AddDownloader registers, with the services it needs.</summary>
    private sealed class ServiceProviderClientSource : IClientSource, IDisposable
    {
        private readonly ServiceProvider _provider;
        private readonly IClientSource _source;

        public ServiceProviderClientSource(Action<DownloaderOptions> configure)
        {
            var services = new ServiceCollection();
            services.AddDownloader(configure);
            _provider = services.BuildServiceProvider();
            _source = _provider.GetRequiredService<IClientSource>();
        }

        public DownloadClient Rent() => _source.Rent();

        public void Release(DownloadClient client) => _source.Release(client);

        public void Dispose() => _provider.Dispose();
    }
}
