using System.Net;
using Polly;
using Polly.Retry;

namespace Downloader;

/// <summary>Retries for downloads: exponential backoff with jitter, bounded attempts, Retry-After obeyed, an overall limit.</summary>
/// <remarks>
/// A resilience handler in the handler chain sees a request end with its headers: it cannot retry a body that is cut short later, and its
/// timeout does not cover the body. This pipeline runs around the whole download, so it does both, and it works with every
/// <see cref="IClientSource"/>. Blocking downloads stay synchronous: their waits block the thread.
/// The limit of one try is <see cref="DownloaderOptions.Timeout"/>.
/// </remarks>
public static class DownloadResilience
{
    /// <summary>A pipeline for <see cref="DownloaderOptions.Resilience"/>.</summary>
    /// <param name="options">Its settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names the option, its value and the
    /// range.</exception>
    public static ResiliencePipeline<DownloadResult> Create(DownloadResilienceOptions? options = null)
    {
        options ??= new DownloadResilienceOptions();
        options.ThrowIfInvalid();
        var builder = new ResiliencePipelineBuilder<DownloadResult>();
        if (options.TotalTimeout != Timeout.InfiniteTimeSpan) builder.AddTimeout(options.TotalTimeout);
        return builder.AddRetry(new RetryStrategyOptions<DownloadResult>
        {
            MaxRetryAttempts = options.MaxRetryAttempts,
            Delay = options.Delay,
            MaxDelay = options.MaxDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Result.Failure, options.TotalTimeout)),
            DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result.Failure?.RetryAfter),
        }).Build();
    }

    /// <summary>Whether another try may succeed: lost connections, timeouts, and the statuses 408, 429 and 5xx, as in
    /// Microsoft.Extensions.Http.Resilience; not an unknown host, and not where the server asks for a longer wait than the limit
    /// allows.</summary>
    private static bool IsTransient(DownloadFailure? failure, TimeSpan totalTimeout) => failure?.Reason switch
    {
        FailureReason.ConnectionRefused or FailureReason.ConnectionReset or FailureReason.BodyTruncated or FailureReason.Timeout => true,
        FailureReason.HttpStatus => IsTransient(failure.StatusCode) && IsInTime(failure.RetryAfter, totalTimeout),
        _ => false,
    };

    private static bool IsTransient(HttpStatusCode? status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private static bool IsInTime(TimeSpan? retryAfter, TimeSpan totalTimeout) =>
        retryAfter is null || totalTimeout == Timeout.InfiniteTimeSpan || retryAfter < totalTimeout;
}
