using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Polly;
using Polly.Timeout;

namespace Downloader;

/// <summary>A session: connections that its downloads share, and the limits each download keeps to. Thread-safe.</summary>
/// <remarks>
/// Built on <see cref="HttpMessageInvoker"/> rather than <see cref="HttpClient"/>: the same handlers, without the cancellation source,
/// base address and default headers that <see cref="HttpClient"/> sees to for each request, which cost a fifth of the throughput.
/// </remarks>
public sealed class DownloadClient : IDisposable
{
    private const int LargestBuffer = 32 * 1024;

    // Of an answer that is a failure anyway, this much is read so that its connection can serve the next download.
    private const long LargestErrorBody = 64 * 1024;

    private readonly HttpMessageInvoker _invoker;
    private readonly TimeSpan _timeout;
    private readonly long _maxBytes;
    private readonly Version _version;
    private readonly ResiliencePipeline<DownloadResult>? _resilience;

    /// <summary>A client over a handler, or chain of handlers.</summary>
    /// <param name="handler">Sends the requests; <see cref="DownloadHandlerFactory.Create"/> makes a fitting one.</param>
    /// <param name="options">The limits; read once, here.</param>
    /// <param name="disposeHandler">Whether the handler, and so its connections, is disposed with this client.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message says which and what it takes.</exception>
    public DownloadClient(HttpMessageHandler handler, DownloaderOptions options, bool disposeHandler = true)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _invoker = new HttpMessageInvoker(handler, disposeHandler);
        _timeout = options.Timeout;
        _maxBytes = options.MaxBytes;
        _version = options.HttpVersion;
        _resilience = options.Resilience;
    }

    /// <summary>Downloads one URI, blocking the calling thread; never throws for what a server or a network can do.</summary>
    /// <param name="uri">An absolute http or https URI; another one is a failure too, not an exception.</param>
    /// <param name="cancellationToken">Stops the download and closes its connection.</param>
    /// <exception cref="ArgumentNullException">There is no URI.</exception>
    public DownloadResult Get(Uri uri, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (_resilience is null) return TryGet(uri, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var last = _resilience.Execute(static (s, token) => s.Client.TryGet(s.Uri, token), (Client: this, Uri: uri), cancellationToken);
            return Whole(last, started, cancellationToken);
        }
        catch (Exception e)
        {
            return GivenUp(uri, started, e, cancellationToken);
        }
    }

    /// <summary>Downloads one URI, holding no thread while it waits; never throws for what a server or a network can do.</summary>
    /// <param name="uri">An absolute http or https URI; another one is a failure too, not an exception.</param>
    /// <param name="cancellationToken">Stops the download and closes its connection.</param>
    /// <exception cref="ArgumentNullException">There is no URI.</exception>
    public ValueTask<DownloadResult> GetAsync(Uri uri, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return _resilience is null ? TryGetAsync(uri, cancellationToken) : GetResilientlyAsync(_resilience, uri, cancellationToken);
    }

    /// <summary>Closes its connections, unless the handler is somebody else's.</summary>
    public void Dispose() => _invoker.Dispose();

    private async ValueTask<DownloadResult> GetResilientlyAsync(ResiliencePipeline<DownloadResult> pipeline, Uri uri, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var last = await pipeline.ExecuteAsync(static (s, token) => s.Client.TryGetAsync(s.Uri, token), (Client: this, Uri: uri), cancellationToken)
                .ConfigureAwait(false);
            return Whole(last, started, cancellationToken);
        }
        catch (Exception e)
        {
            return GivenUp(uri, started, e, cancellationToken);
        }
    }

    private DownloadResult TryGet(Uri uri, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(uri);
        if (!attempt.IsSupported) return attempt.Refused();
        var limit = TimeoutTokenLease.Start(_timeout, cancellationToken);
        try
        {
            using var request = NewRequest(uri);
            using var response = _invoker.Send(request, limit.Token);
            if (attempt.Answered(response, _maxBytes)) ReadBody(response, ref attempt, limit.Token);
            return attempt.Ended(response);
        }
        catch (Exception e)
        {
            return attempt.Failed(e, cancellationToken, limit.Token);
        }
        finally
        {
            limit.Dispose();
        }
    }

    // The state machine is pooled, which saves a sixth of what a download allocates.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<DownloadResult> TryGetAsync(Uri uri, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(uri);
        if (!attempt.IsSupported) return attempt.Refused();
        var limit = TimeoutTokenLease.Start(_timeout, cancellationToken);
        byte[]? buffer = null;
        try
        {
            using var request = NewRequest(uri);
            using var response = await _invoker.SendAsync(request, limit.Token).ConfigureAwait(false);
            if (attempt.Answered(response, _maxBytes))
            {
                var body = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
                buffer = ArrayPool<byte>.Shared.Rent(attempt.BufferBytes);
                while (attempt.Read(await body.ReadAsync(buffer, limit.Token).ConfigureAwait(false)))
                {
                }
            }

            return attempt.Ended(response);
        }
        catch (Exception e)
        {
            return attempt.Failed(e, cancellationToken, limit.Token);
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            limit.Dispose();
        }
    }

    private static void ReadBody(HttpResponseMessage response, ref Attempt attempt, CancellationToken token)
    {
        // A synchronous read takes no token; as in the BCL's own synchronous reads, what ends it is that its content is disposed.
        using var registration = token.UnsafeRegister(static content => ((HttpContent)content!).Dispose(), response.Content);
        var buffer = ArrayPool<byte>.Shared.Rent(attempt.BufferBytes);
        try
        {
            var body = response.Content.ReadAsStream(token);
            while (attempt.Read(body.Read(buffer)))
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // A content that was disposed between two reads looks like the end of the body.
        token.ThrowIfCancellationRequested();
    }

    private HttpRequestMessage NewRequest(Uri uri) =>
        new(HttpMethod.Get, uri) { Version = _version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static DownloadResult Whole(DownloadResult last, long started, CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.GetElapsedTime(started);
        // The pipeline's overall limit cancels the attempt under way; to the caller that is a timeout.
        return last.Failure?.Reason == FailureReason.Cancelled && !cancellationToken.IsCancellationRequested
            ? last with { Elapsed = elapsed, Failure = DownloadFailure.OverallTimeout }
            : last with { Elapsed = elapsed };
    }

    private static DownloadResult GivenUp(Uri uri, long started, Exception e, CancellationToken cancellationToken)
    {
        var failure = cancellationToken.IsCancellationRequested ? DownloadFailure.Cancelled
            : e is TimeoutRejectedException ? DownloadFailure.OverallTimeout
            : new DownloadFailure(FailureReason.Other, FailureClassifier.OneLine(e));
        return new DownloadResult(uri, 0, Stopwatch.GetElapsedTime(started), failure);
    }

    /// <summary>One GET under way: what is known of it so far, and how it is told when it ends. Sync and async share all but the waiting.</summary>
    private struct Attempt(Uri uri)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private long _bytes;
        private long _limit;
        private bool _answered;
        private bool _tooLong;

        public readonly bool IsSupported => IsHttp(uri);

        public readonly DownloadResult Refused() => Result(DownloadFailure.UnsupportedScheme(uri));

        /// <summary>How much to read at once: no more than the body has, so that many small downloads don't hold many large buffers.</summary>
        public int BufferBytes { get; private set; }

        /// <summary>The headers are there. Whether the body is to be read.</summary>
        public bool Answered(HttpResponseMessage response, long maxBytes)
        {
            _answered = true;
            _limit = response.IsSuccessStatusCode ? maxBytes : Math.Min(maxBytes, LargestErrorBody);
            var announced = response.Content.Headers.ContentLength;
            BufferBytes = (int)Math.Min(announced ?? LargestBuffer, LargestBuffer);
            return !(_tooLong = announced > _limit);
        }

        /// <summary>Some of the body was read. Whether there may be more.</summary>
        public bool Read(int bytes)
        {
            _bytes += bytes;
            _tooLong = _bytes > _limit;
            return bytes > 0 && !_tooLong;
        }

        public readonly DownloadResult Ended(HttpResponseMessage response) => Result(
            // The handler follows a redirect to any scheme, and speaks HTTP there.
            response.RequestMessage?.RequestUri is { } last && !IsHttp(last) ? DownloadFailure.UnsupportedScheme(last)
            : !response.IsSuccessStatusCode ? DownloadFailure.Status(response)
            : _tooLong ? DownloadFailure.BodyTooLong(_limit)
            : null);

        public readonly DownloadResult Failed(Exception e, CancellationToken caller, CancellationToken limit) => Result(
            caller.IsCancellationRequested ? DownloadFailure.Cancelled
            : limit.IsCancellationRequested ? DownloadFailure.Timeout
            : FailureClassifier.Explain(e, _answered));

        private static bool IsHttp(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

        private readonly DownloadResult Result(DownloadFailure? failure) => new(uri, _bytes, Stopwatch.GetElapsedTime(_started), failure);
    }
}
