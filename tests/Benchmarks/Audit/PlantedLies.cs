using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>A strategy that does not do what it says.</summary>
public abstract class Lie : DownloadStrategy
{
    public override string Summary => "A lie.";

    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <summary>The indexes, shared out among as many loops as there may be in flight.</summary>
    protected static Task Work(DownloadRun run, IEnumerable<int> indexes, int inFlight) =>
        Parallel.ForEachAsync(indexes, new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (index, _) => await run.DownloadAsync(index));
}

/// <summary>It leaves one out.</summary>
public sealed class SkipsOne : Lie
{
    protected override Task DownloadAllAsync(DownloadRun run) => Work(run, Enumerable.Range(0, run.Count).Where(index => index != 3), run.Workers);
}

/// <summary>It fetches one again.</summary>
public sealed class FetchesOneTwice : Lie
{
    protected override Task DownloadAllAsync(DownloadRun run) => Work(run, Enumerable.Range(0, run.Count).Append(3), run.Workers);
}

/// <summary>It fetches another page in place of one: the sum is right.</summary>
public sealed class FetchesAnother : Lie
{
    protected override Task DownloadAllAsync(DownloadRun run) => Work(run, Enumerable.Range(0, run.Count).Select(index => index == 3 ? 2 : index), run.Workers);
}

/// <summary>It has more in flight than it may.</summary>
public sealed class ExceedsItsWorkers : Lie
{
    protected override Task DownloadAllAsync(DownloadRun run) => Work(run, Enumerable.Range(0, run.Count), run.Workers + 1);
}

/// <summary>It starts its work and returns.</summary>
public sealed class FiresAndForgets : Lie
{
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        _ = Work(run, Enumerable.Range(0, run.Count), run.Workers);
        return Task.CompletedTask;
    }
}

/// <summary>It waits for all but the last, which the server has when it returns.</summary>
public sealed class ForgetsTheLast(MockServerClient controlClient) : Lie
{
    protected override async Task DownloadAllAsync(DownloadRun run)
    {
        await Work(run, Enumerable.Range(0, run.Count - 1), run.Workers);
        _ = run.DownloadAsync(run.Count - 1);
        await Eventually.Is(1, () => controlClient.ReadAudit().InFlight);
    }
}

/// <summary>It sends one request that no fault calls for, and drops it before it is answered.</summary>
public sealed class RetriesOnceTooMany(MockServerClient controlClient, Uri uri) : Lie
{
    protected override async Task DownloadAllAsync(DownloadRun run)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var dropped = new CancellationTokenSource();
        var request = client.GetAsync(uri, dropped.Token);
        await Eventually.Is(1, () => controlClient.ReadAudit().InFlight);
        await dropped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Eventually.Is(0, () => controlClient.ReadAudit().InFlight);
        await Work(run, Enumerable.Range(0, run.Count), run.Workers);
    }
}

/// <summary>A client that takes the headers for the whole answer and leaves the body unread.</summary>
public sealed class SkipsBodies : IClientSource, IDisposable
{
    private readonly DownloadClient _client = new(new WithoutBody(), new DownloaderOptions());

    public DownloadClient Rent() => _client;

    public void Release(DownloadClient client)
    {
        // The same one for all.
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Its inner handler reads what is left of a short body by itself, so that the connections are kept.</summary>
    private sealed class WithoutBody() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Content.Dispose();
            response.Content = new ByteArrayContent([]);
            return response;
        }
    }
}
