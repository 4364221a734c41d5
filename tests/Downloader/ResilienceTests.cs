using System.Diagnostics;

namespace Downloader.Tests.Library;

/// <summary>Retries, blocking and not.</summary>
public sealed class ResilienceTests : IDisposable
{
    private readonly HostileServer _server = new();
    private readonly DownloadResilienceOptions _retry = new() { Delay = TimeSpan.FromMilliseconds(1) };

    public static TheoryData<Answer, bool> Transient
    {
        get
        {
            Answer[] answers = [Answer.ServerError, Answer.CutShort, Answer.CutShortChunked, Answer.Reset, Answer.Empty, Answer.Silent, Answer.Stalled];
            return [.. answers.SelectMany(answer => new[] { (answer, true), (answer, false) })];
        }
    }

    public static TheoryData<bool> Blocking => [true, false];

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task A_download_that_fails_in_passing_succeeds_body_included(Answer answer, bool blocking)
    {
        var timeout = answer is Answer.Silent or Answer.Stalled ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(30);

        var result = await Get(_server.First(2, answer), blocking, timeout);

        Assert.Null(result.Failure);
        Assert.Equal(HostileServer.GoodBytes, result.BytesRead);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Attempts_are_bounded_and_the_last_failure_is_told(bool blocking)
    {
        _retry.MaxRetryAttempts = 2;

        var result = await Get(_server.Url(Answer.ServerError), blocking);

        Assert.Equal("500 Internal Server Error", result.Failure?.Message);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [InlineData(Answer.NotFound, true)]
    [InlineData(Answer.NotFound, false)]
    [InlineData(Answer.Huge, true)]
    [InlineData(Answer.Huge, false)]
    public async Task What_will_not_pass_is_not_tried_again(Answer answer, bool blocking)
    {
        Assert.False((await Get(_server.Url(answer), blocking)).Succeeded);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Retry_After_is_waited_for(bool blocking)
    {
        var result = await Get(_server.First(1, Answer.TooMany, 1), blocking);

        Assert.Null(result.Failure);
        var times = _server.Requests.Select(request => request.At).ToList();
        Assert.Equal(2, times.Count);
        Assert.InRange(Stopwatch.GetElapsedTime(times[0], times[1]), TimeSpan.FromSeconds(0.98), Run.HangLimit);
        Assert.True(result.Elapsed >= TimeSpan.FromSeconds(0.98), "The wait is part of the elapsed time.");
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_Retry_After_beyond_the_time_there_is_fails_at_once_with_its_status(bool blocking)
    {
        var result = await Get(_server.Url(Answer.TooMany, 3600), blocking);

        Assert.Equal("429 Too Many Requests", result.Failure?.Message);
        Assert.Equal(TimeSpan.FromHours(1), result.Failure?.RetryAfter);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(Answer.Silent, true)]
    [InlineData(Answer.Silent, false)]
    [InlineData(Answer.ServerError, true)]
    [InlineData(Answer.ServerError, false)]
    public async Task The_overall_limit_ends_tries_and_waits_alike(Answer answer, bool blocking)
    {
        _retry.TotalTimeout = TimeSpan.FromSeconds(0.5);
        _retry.Delay = TimeSpan.FromHours(1);
        _retry.MaxDelay = TimeSpan.FromHours(1);

        var result = await Get(_server.Url(answer), blocking, TimeSpan.FromMinutes(10));

        Assert.Equal(FailureReason.Timeout, result.Failure?.Reason);
        await _server.Until(server => server.InFlight == 0, "nothing in flight");
    }

    [Theory]
    [InlineData(Answer.Silent, true)]
    [InlineData(Answer.Silent, false)]
    [InlineData(Answer.ServerError, true)]
    [InlineData(Answer.ServerError, false)]
    public async Task Cancellation_ends_tries_and_waits_alike(Answer answer, bool blocking)
    {
        using var cancellation = new CancellationTokenSource();
        _retry.Delay = _retry.MaxDelay = TimeSpan.FromHours(1);

        var download = Get(_server.Url(answer), blocking, TimeSpan.FromMinutes(10), cancellation.Token);
        await _server.Until(server => !server.Requests.IsEmpty, "the request");
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        Assert.Equal(FailureReason.Cancelled, (await download).Failure?.Reason);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void A_bad_option_is_one_clear_line()
    {
        _retry.MaxRetryAttempts = 0;

        Assert.Equal("MaxRetryAttempts is 0; it takes 1 or more.", Assert.Throws<ArgumentException>(() => DownloadResilience.Create(_retry)).Message);
    }

    private Task<DownloadResult> Get(Uri uri, bool blocking, TimeSpan? timeout = null, CancellationToken? cancellation = null) => Run.Get(
        uri,
        new DownloaderOptions { Timeout = timeout ?? TimeSpan.FromSeconds(30), Resilience = DownloadResilience.Create(_retry) },
        blocking,
        cancellation);

    public void Dispose() => _server.Dispose();
}
