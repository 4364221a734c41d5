using System.Diagnostics;
using System.Net;
using Polly;
using static Downloader.Tests.Library.ServerBehavior;

namespace Downloader.Tests.Library;

/// <summary>Retries, blocking and not.</summary>
public sealed class ResilienceTests : IDisposable
{
    private readonly HostileServer _server = new();
    private readonly DownloadResilienceOptions _retry = new() { Delay = TimeSpan.FromMilliseconds(1) };

    public static TheoryData<ServerBehavior, bool> Transient
    {
        get
        {
            ServerBehavior[] behaviors = [ServerError, CutShort, CutShortChunked, Reset, Empty];
            return [.. behaviors.SelectMany(behavior => new[] { (behavior, true), (behavior, false) })];
        }
    }

    public static TheoryData<bool> Blocking => [true, false];

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task A_download_that_fails_twice_succeeds_at_the_third_try_body_included(ServerBehavior behavior, bool blocking)
    {
        var result = await GetAsync(_server.UrlBadAtFirst(2, behavior), blocking);

        Assert.Null(result.Failure);
        Assert.Equal(HostileServer.GoodBytes, result.BytesRead);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [InlineData(Silent, true)]
    [InlineData(Silent, false)]
    [InlineData(Stalled, true)]
    [InlineData(Stalled, false)]
    public async Task A_download_that_times_out_is_tried_again_each_time_up_to_its_timeout(ServerBehavior behavior, bool blocking)
    {
        _retry.MaxRetryAttempts = 2;
        var options = new DownloaderOptions { Timeout = TimeSpan.FromMilliseconds(200), Resilience = DownloadResilience.Create(_retry) };
        using var handler = new RequestCountingHandler(DownloadHandlerFactory.Create(options));
        using var client = new DownloadClient(handler, options);

        var result = await DownloadRunner.GetAsync(client, _server.Url(behavior), blocking);

        Assert.Equal(FailureReason.Timeout, result.Failure?.Reason);
        Assert.Equal(3, handler.Requests);
        Assert.True(result.Elapsed >= 3 * TimeSpan.FromMilliseconds(180), $"{result.Elapsed}");
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Attempts_are_bounded_and_the_last_failure_is_the_result(bool blocking)
    {
        _retry.MaxRetryAttempts = 2;

        var result = await GetAsync(_server.Url(ServerError), blocking);

        Assert.Equal("500 Internal Server Error", result.Failure?.Message);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [InlineData(NotFound, true)]
    [InlineData(NotFound, false)]
    [InlineData(Huge, true)]
    [InlineData(Huge, false)]
    public async Task A_failure_that_is_not_transient_is_not_tried_again(ServerBehavior behavior, bool blocking)
    {
        Assert.False((await GetAsync(_server.Url(behavior), blocking)).Succeeded);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Retry_After_is_waited_for(bool blocking)
    {
        var result = await GetAsync(_server.UrlBadAtFirst(1, TooMany, 1), blocking);

        Assert.Null(result.Failure);
        var times = _server.Requests.Select(request => request.At).ToList();
        Assert.Equal(2, times.Count);
        Assert.InRange(Stopwatch.GetElapsedTime(times[0], times[1]), TimeSpan.FromSeconds(0.98), DownloadRunner.HangLimit);
        Assert.True(result.Elapsed >= TimeSpan.FromSeconds(0.98), "The wait is part of the elapsed time.");
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_Retry_After_beyond_the_overall_limit_fails_at_once_with_its_status(bool blocking)
    {
        var result = await GetAsync(_server.Url(TooMany, 3600), blocking);

        Assert.Equal("429 Too Many Requests", result.Failure?.Message);
        Assert.Equal(TimeSpan.FromHours(1), result.Failure?.RetryAfter);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(Silent, true)]
    [InlineData(Silent, false)]
    [InlineData(ServerError, true)]
    [InlineData(ServerError, false)]
    public async Task The_overall_limit_ends_tries_and_waits(ServerBehavior behavior, bool blocking)
    {
        _retry.TotalTimeout = TimeSpan.FromSeconds(0.5);
        _retry.Delay = TimeSpan.FromHours(1);
        _retry.MaxDelay = TimeSpan.FromHours(1);

        var result = await GetAsync(_server.Url(behavior), blocking, TimeSpan.FromMinutes(10));

        Assert.Equal(FailureReason.Timeout, result.Failure?.Reason);
        await _server.WaitUntilAsync(server => server.InFlight == 0, "nothing in flight");
    }

    [Theory]
    [InlineData(Silent, true)]
    [InlineData(Silent, false)]
    [InlineData(ServerError, true)]
    [InlineData(ServerError, false)]
    public async Task Cancellation_ends_tries_and_waits(ServerBehavior behavior, bool blocking)
    {
        using var cancellation = new CancellationTokenSource();
        _retry.Delay = _retry.MaxDelay = TimeSpan.FromHours(1);

        var download = GetAsync(_server.Url(behavior), blocking, TimeSpan.FromMinutes(10), cancellation.Token);
        await _server.WaitUntilAsync(server => !server.Requests.IsEmpty, "the request");
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        Assert.Equal(FailureReason.Cancelled, (await download).Failure?.Reason);
        Assert.Single(_server.Requests);
    }

    /// <summary>As where a pipeline makes a second attempt beside a slow first one, and takes the one that succeeds.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1, false)]
    public async Task The_value_is_that_of_the_attempt_that_succeeded_whichever_ended_last(int failing, bool blocking)
    {
        var result = await GetTwiceAsync(failing, chosen: 1 - failing, blocking);

        Assert.Null(result.Failure);
        Assert.Equal("body", result.Value);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1, false)]
    public async Task A_failed_result_has_no_value_whatever_another_attempt_did(int failing, bool blocking)
    {
        var result = await GetTwiceAsync(failing, chosen: failing, blocking);

        Assert.Equal(FailureReason.HttpStatus, result.Failure?.Reason);
        Assert.Null(result.Value);
    }

    [Fact]
    public void A_bad_option_is_one_clear_line()
    {
        _retry.MaxRetryAttempts = 0;

        var error = Assert.Throws<ArgumentException>(() => DownloadResilience.Create(_retry));

        Assert.Equal("MaxRetryAttempts is 0; it must be 1 or more.", error.Message);
    }

    private Task<DownloadResult> GetAsync(
        Uri uri, bool blocking, TimeSpan? timeout = null, CancellationToken? cancellation = null) => DownloadRunner.GetAsync(
            uri,
            new DownloaderOptions { Timeout = timeout ?? TimeSpan.FromSeconds(30), Resilience = DownloadResilience.Create(_retry) },
            blocking,
            cancellation);

    /// <summary>Two attempts, of which one fails and one is chosen.</summary>
    private static async Task<DownloadResult<string>> GetTwiceAsync(int failing, int chosen, bool blocking)
    {
        var attempts = 0;
        var pipeline = new ResiliencePipelineBuilder<DownloadResult>().AddStrategy(_ => new TwoAttempts(chosen), new TwoAttemptsOptions());
        var clients = StubHandler.CreateSource(
            (_, _) => attempts++ == failing ? new HttpResponseMessage(HttpStatusCode.BadGateway) : StubHandler.Ok("body"u8.ToArray()),
            new DownloaderOptions { Resilience = pipeline.Build() });
        var item = new DownloadItem(0, new Uri("http://one.example/"));
        var result = blocking
            ? clients.Rent().Get(item, BodyReaders.Text, TestContext.Current.CancellationToken)
            : await clients.Rent().GetAsync(item, BodyReaders.Text, TestContext.Current.CancellationToken);
        Assert.Equal(2, attempts);
        return result;
    }

    public void Dispose() => _server.Dispose();

    private sealed class TwoAttemptsOptions : ResilienceStrategyOptions;

    private sealed class TwoAttempts(int chosen) : ResilienceStrategy<DownloadResult>
    {
        protected override async ValueTask<Outcome<DownloadResult>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<DownloadResult>>> callback, ResilienceContext context, TState state)
        {
            Outcome<DownloadResult>[] outcomes = [await callback(context, state), await callback(context, state)];
            return outcomes[chosen];
        }
    }

    private sealed class RequestCountingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Requests { get; private set; }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return base.Send(request, cancellationToken);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
