using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>A client of several that does what a test tells it, and claims what the test tells it.</summary>
internal sealed class PlantedClient
{
    /// <summary>Which items of the whole list it downloads; null for its share.</summary>
    public Func<int, bool>? Takes { get; init; }

    /// <summary>How many requests it has in flight; null for as many as it has workers.</summary>
    public int? InFlight { get; init; }

    /// <summary>Changes what it claims.</summary>
    public Func<ClientIterationReport, ClientIterationReport> Claims { get; init; } = claim => claim;

    /// <summary>What it waits for before its first request.</summary>
    public Func<Task> Waits { get; init; } = () => Task.CompletedTask;

    /// <summary>Whether it leaves out the mark.</summary>
    public bool IsUnmarked { get; init; }

    /// <summary>Downloads with connections of its own, and ends.</summary>
    public async Task RunAsync(JoinedClient client, Uri server, DownloadCase wholeCase, LoadPlan plan)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await client.WaitForReleaseAsync(cancellationToken);
        await Waits();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        if (!IsUnmarked) http.DefaultRequestHeaders.Add(client.Header.Key, client.Header.Value);
        var takes = Takes ?? (index => index % plan.Clients == client.Number);
        Uri[] items = [.. DownloadList.Create(server, wholeCase).Where((_, index) => takes(index))];
        long bytes = 0;
        var limit = new ParallelOptions { MaxDegreeOfParallelism = InFlight ?? plan.Workers };
        await Parallel.ForEachAsync(items, limit, async (uri, _) =>
        {
            var body = await http.GetByteArrayAsync(uri, cancellationToken);
            Interlocked.Add(ref bytes, body.Length);
        });
        var claim = new ClientIterationReport(items.Length, bytes, 0, new Dictionary<string, int>(), 1, 1, 1);
        client.End(Claims(claim).ToJson());
    }
}
