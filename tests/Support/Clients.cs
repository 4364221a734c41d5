using Downloader.Benchmarks.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Downloader.Tests.Support;

/// <summary>The core's clients, by policy. Connections are not limited: how many there are is up to the strategy, so that the server can tell.</summary>
public sealed class Clients : IDisposable
{
    private readonly ServiceProvider? _provider;

    public Clients(ClientPolicy policy, Polly.ResiliencePipeline<DownloadResult>? resilience = null)
    {
        var options = new DownloaderOptions();
        Configure(options);
        if (policy == ClientPolicy.Factory)
        {
            var services = new ServiceCollection();
            services.AddDownloader(Configure);
            _provider = services.BuildServiceProvider();
        }

        Source = policy switch
        {
            ClientPolicy.New => new ClientPerDownloadSource(options),
            ClientPolicy.PerWorker => new PerWorkerClientSource(options),
            ClientPolicy.Factory => _provider!.GetRequiredService<IClientSource>(),
            _ => new SharedClientSource(options),
        };

        void Configure(DownloaderOptions target)
        {
            target.MaxConnectionsPerServer = int.MaxValue;
            target.Resilience = resilience;
        }
    }

    public IClientSource Source { get; }

    public void Dispose()
    {
        (Source as IDisposable)?.Dispose();
        _provider?.Dispose();
    }
}
