namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>The clients of the workers: for HTTP/1.1 one each, so that each has a connection of its own; for HTTP/2 one for all, whose
/// connection they share.</summary>
internal sealed class ProbeClients(ProbeOptions options, ProbeClock clock, RequestBudget budget) : IDisposable
{
    private readonly ProbeClient?[] _clients = new ProbeClient?[options.UsesHttp2 ? 1 : options.MaxWorkers];

    /// <summary>The client of a worker, from 0.</summary>
    public ProbeClient Get(int worker) => _clients[IndexOf(worker)] ??= new ProbeClient(options, clock, budget);

    /// <summary>Closes a worker's connection: the next request opens a new one. No request may be under way on it.</summary>
    public void Reconnect(int worker)
    {
        _clients[IndexOf(worker)]?.Dispose();
        _clients[IndexOf(worker)] = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _clients) client?.Dispose();
    }

    private int IndexOf(int worker) => options.UsesHttp2 ? 0 : worker;
}
