using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Audit;

/// <summary>Misbehaving strategies and clients. Each breaks one rule that the audit must report.</summary>
internal static class PlantedLies
{
    /// <summary>Does not do what its contract says.</summary>
    public abstract class LyingStrategy : DownloadStrategy
    {
        public override string Summary => "Breaks the contract.";

        public override StrategyKind Kind => StrategyKind.Asynchronous;

        /// <summary>The items, shared out among as many loops as there may be in flight.</summary>
        protected static Task DownloadItems(DownloadRun run, IEnumerable<DownloadItem> items, int inFlight) =>
            Parallel.ForEachAsync(
                items, new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (item, _) => await run.DownloadAsync(item));
    }

    /// <summary>Leaves out one download.</summary>
    public sealed class SkipsOne : LyingStrategy
    {
        protected override Task DownloadAllAsync(DownloadRun run) =>
            DownloadItems(run, run.Items.Where(item => item.Index != 3), run.Workers);
    }

    /// <summary>Makes one download twice.</summary>
    public sealed class FetchesOneTwice : LyingStrategy
    {
        protected override Task DownloadAllAsync(DownloadRun run)
        {
            DownloadItem[] items = [.. run.Items];
            return DownloadItems(run, items.Append(items[3]), run.Workers);
        }
    }

    /// <summary>Fetches another page in place of one; the number of requests stays right.</summary>
    public sealed class FetchesAnother : LyingStrategy
    {
        protected override Task DownloadAllAsync(DownloadRun run)
        {
            DownloadItem[] items = [.. run.Items];
            items[3] = items[2];
            return DownloadItems(run, items, run.Workers);
        }
    }

    /// <summary>Fetches the first page in place of the last one of the list.</summary>
    public sealed class FetchesAnotherPage : LyingStrategy
    {
        protected override Task DownloadAllAsync(DownloadRun run)
        {
            DownloadItem[] items = [.. run.Items];
            items[2] = items[0];
            return DownloadItems(run, items, run.Workers);
        }
    }

    /// <summary>Has more requests in flight than it has workers.</summary>
    public sealed class ExceedsItsWorkers : LyingStrategy
    {
        protected override Task DownloadAllAsync(DownloadRun run) => DownloadItems(run, run.Items, run.Workers + 1);
    }

    /// <summary>Halves at each refusal what may be in flight, says so, and keeps sending.</summary>
    public sealed class IgnoresItsDecisions(LimitLog log) : LyingStrategy
    {
        protected override Task DownloadAllAsync(DownloadRun run)
        {
            log.Clear();
            var gate = new OpenGate(log, run.Workers);
            return Parallel.ForEachAsync(
                run.Items,
                new ParallelOptions { MaxDegreeOfParallelism = run.Workers },
                async (item, _) => await run.DownloadAsync(item, gate));
        }

        /// <summary>Lets every attempt start at once.</summary>
        private sealed class OpenGate(LimitLog log, int ceiling) : AttemptGate
        {
            private readonly Lock _lock = new();
            private int _limit = ceiling;
            private int _started;

            public override ValueTask<AdaptiveAttempt> StartAsync(CancellationToken cancellationToken) =>
                ValueTask.FromResult(new AdaptiveAttempt(Interlocked.Increment(ref _started) - 1, TimeSpan.Zero));

            public override void End(AdaptiveAttempt attempt, in AttemptEnd end)
            {
                lock (_lock)
                {
                    if (end.Outcome is AttemptOutcome.Refused) _limit = Math.Max(1, _limit / 2);
                    log.OnEnded(end.Outcome, Volatile.Read(ref _started), _limit);
                }
            }
        }
    }

    /// <summary>Starts its work and returns before it ends.</summary>
    public sealed class FiresAndForgets : LyingStrategy
    {
        protected override Task DownloadAllAsync(DownloadRun run)
        {
            _ = DownloadItems(run, run.Items, run.Workers);
            return Task.CompletedTask;
        }
    }

    /// <summary>Does not wait for the last request, which is at the server when the strategy returns.</summary>
    public sealed class ForgetsTheLast(MockServerClient controlClient) : LyingStrategy
    {
        protected override async Task DownloadAllAsync(DownloadRun run)
        {
            DownloadItem[] items = [.. run.Items];
            await DownloadItems(run, items[..^1], run.Workers);
            _ = run.DownloadAsync(items[^1]);
            await Eventually.Is(1, () => controlClient.ReadAudit().InFlight);
        }
    }

    /// <summary>Sends one request more, which no fault explains, and cancels it before it is answered.</summary>
    public sealed class RetriesOnceTooMany(MockServerClient controlClient, Uri uri) : LyingStrategy
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
            await DownloadItems(run, run.Items, run.Workers);
        }
    }

    /// <summary>Its client returns after the headers and does not read the body.</summary>
    public sealed class SkipsBodies : IClientSource, IDisposable
    {
        private readonly DownloadClient _client = new(new BodySkippingHandler(), new DownloaderOptions());

        public DownloadClient Rent() => _client;

        public void Release(DownloadClient client)
        {
            // All downloads share one client.
        }

        public void Dispose() => _client.Dispose();

        /// <summary>The inner handler reads what is left of a short body, so the connections stay open.</summary>
        private sealed class BodySkippingHandler() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
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
}
