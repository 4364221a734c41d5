using Downloader.Benchmarks.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Downloader.Tests.Support;

/// <summary>A client source of the library by policy, disposed with what it needs.</summary>
public sealed class ClientSourceScope : IDisposable
{
    private readonly ServiceProvider? _provider;

    public ClientSourceScope(ClientPolicy policy, Polly.ResiliencePipeline<DownloadResult>? resilience = null)
    {
        var options = new DownloaderOptions { Resilience = resilience };
        if (policy == ClientPolicy.Factory)
        {
            var services = new ServiceCollection();
            services.AddDownloader(target => target.Resilience = resilience);
            _provider = services.BuildServiceProvider();
        }

        Source = policy switch
        {
            ClientPolicy.New => new ClientPerDownloadSource(options),
            ClientPolicy.PerWorker => new PerWorkerClientSource(options),
            ClientPolicy.Factory => _provider!.GetRequiredService<IClientSource>(),
            _ => new SharedClientSource(options),
        };
    }

    public IClientSource Source { get; }

    public void Dispose()
    {
        (Source as IDisposable)?.Dispose();
        _provider?.Dispose();
    }
}
