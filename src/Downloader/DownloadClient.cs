using System.Diagnostics;
using System.Runtime.CompilerServices;
using Polly;
using Polly.Timeout;

namespace Downloader;

/// <summary>A session: connections that its downloads share, and the limits that each download keeps to. Thread-safe.</summary>
/// <remarks>
/// Built on <see cref="HttpMessageInvoker"/> rather than <see cref="HttpClient"/>: the same handlers, without the cancellation source,
/// base address and default headers that <see cref="HttpClient"/> handles for each request, which cost a fifth of the throughput.
/// </remarks>
public sealed class DownloadClient : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeSpan _timeout;
    private readonly long _maxBytes;
    private readonly Version _version;
    private readonly HttpVersionPolicy _versionPolicy;
    private readonly RequestHeaders _headers;
    private readonly ResiliencePipeline<DownloadResult>? _resilience;
    private readonly RequestPacer? _pacer;

    /// <summary>A client over a handler, or a chain of handlers.</summary>
    /// <param name="handler">Sends the requests; <see cref="DownloadHandlerFactory.Create"/> makes a suitable one.</param>
    /// <param name="options">The limits; read once, here.</param>
    /// <param name="disposeHandler">Whether the handler, and so its connections, is disposed with this client.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names the option, its value and the
    /// range.</exception>
    public DownloadClient(HttpMessageHandler handler, DownloaderOptions options, bool disposeHandler = true)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _invoker = new HttpMessageInvoker(handler, disposeHandler);
        _timeout = options.Timeout;
        _maxBytes = options.MaxBytes;
        _version = options.HttpVersion;
        _versionPolicy = options.HttpVersionPolicy;
        _headers = new RequestHeaders(options.Headers);
        _resilience = options.Resilience;
        _pacer = options.GetPacer();
    }

    /// <summary>Downloads one URI and discards the body, blocking the calling thread. Never throws for what a server or a network
    /// does.</summary>
    /// <param name="uri">An absolute http or https URI; another one gives a failed result, not an exception.</param>
    /// <param name="cancellationToken">Stops the download and closes its connection.</param>
    /// <exception cref="ArgumentNullException">The URI is null.</exception>
    public DownloadResult Get(Uri uri, CancellationToken cancellationToken = default) =>
        Get(new DownloadItem(0, uri), BodyReaders.Discard, cancellationToken).WithoutValue;

    /// <summary>Downloads one URI and discards the body, holding no thread while it waits. Never throws for what a server or a network
    /// does.</summary>
    /// <param name="uri">An absolute http or https URI; another one gives a failed result, not an exception.</param>
    /// <param name="cancellationToken">Stops the download and closes its connection.</param>
    /// <exception cref="ArgumentNullException">The URI is null.</exception>
    public async ValueTask<DownloadResult> GetAsync(Uri uri, CancellationToken cancellationToken = default)
    {
        var item = new DownloadItem(0, uri);
        return (await GetAsync(item, BodyReaders.Discard, cancellationToken).ConfigureAwait(false)).WithoutValue;
    }

    /// <summary>Downloads one URI and reads its body, blocking the calling thread. Never throws for what a server, a network or the reader
    /// does.</summary>
    /// <typeparam name="T">What the reader makes of the body.</typeparam>
    /// <param name="item">An absolute http or https URI (another one gives a failed result, not an exception), and its place in the
    /// input.</param>
    /// <param name="reader">Reads the body, by its <see cref="BodyReader{T}.Read"/>.</param>
    /// <param name="cancellationToken">Stops the download and closes its connection.</param>
    /// <exception cref="ArgumentNullException">The URI or the reader is null.</exception>
    public DownloadResult<T> Get<T>(DownloadItem item, BodyReader<T> reader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item.Uri, nameof(item));
        ArgumentNullException.ThrowIfNull(reader);
        if (_resilience is null) return Try(item, reader, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        try
        {
            StrongBox<T?>? value = null;
            var last = _resilience.Execute(
                token =>
                {
                    var result = Try(item, reader, token);
                    if (result.Succeeded) value = new StrongBox<T?>(result.Value);
                    return result.WithoutValue;
                },
                cancellationToken);
            return WithTotalElapsed(item, value, last, started, cancellationToken);
        }
        catch (Exception e)
        {
            return FailureFromException<T>(item, started, e, cancellationToken);
        }
    }

    /// <summary>Downloads one URI and reads its body, holding no thread while it waits. Never throws for what a server, a network or the
    /// reader does.</summary>
    /// <typeparam name="T">What the reader makes of the body.</typeparam>
    /// <param name="item">An absolute http or https URI (another one gives a failed result, not an exception), and its place in the
    /// input.</param>
    /// <param name="reader">Reads the body, by its <see cref="BodyReader{T}.ReadAsync"/>.</param>
    /// <param name="cancellationToken">Stops the download and closes its connection.</param>
    /// <exception cref="ArgumentNullException">The URI or the reader is null.</exception>
    public ValueTask<DownloadResult<T>> GetAsync<T>(
        DownloadItem item, BodyReader<T> reader, CancellationToken cancellationToken = default) =>
        GetAsync(item, reader, gate: null, cancellationToken);

    /// <summary>The same, with somebody who decides when each attempt starts and sees how it ended.</summary>
    internal ValueTask<DownloadResult<T>> GetAsync<T>(
        DownloadItem item, BodyReader<T> reader, AttemptGate? gate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item.Uri, nameof(item));
        ArgumentNullException.ThrowIfNull(reader);
        return _resilience is null
            ? TryAsync(item, reader, gate, cancellationToken)
            : GetResilientlyAsync(_resilience, item, reader, gate, cancellationToken);
    }

    /// <summary>Closes its connections, unless the caller owns the handler.</summary>
    public void Dispose() => _invoker.Dispose();

    private async ValueTask<DownloadResult<T>> GetResilientlyAsync<T>(
        ResiliencePipeline<DownloadResult> pipeline,
        DownloadItem item,
        BodyReader<T> reader,
        AttemptGate? gate,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            StrongBox<T?>? value = null;
            var last = await pipeline.ExecuteAsync(
                async token =>
                {
                    var result = await TryAsync(item, reader, gate, token).ConfigureAwait(false);
                    if (result.Succeeded) value = new StrongBox<T?>(result.Value);
                    return result.WithoutValue;
                },
                cancellationToken).ConfigureAwait(false);
            return WithTotalElapsed(item, value, last, started, cancellationToken);
        }
        catch (Exception e)
        {
            return FailureFromException<T>(item, started, e, cancellationToken);
        }
    }

    /// <summary>One attempt, once it may start.</summary>
    private DownloadResult<T> Try<T>(DownloadItem item, BodyReader<T> reader, CancellationToken cancellationToken)
    {
        if (_pacer is null) return GetOnce(item, reader, null, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        try
        {
            _pacer.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new DownloadResult<T>(item, default, 0, Stopwatch.GetElapsedTime(started), DownloadFailure.Cancelled);
        }

        var observation = new AttemptObservation();
        var result = GetOnce(item, reader, observation, cancellationToken);
        if (observation.AskedWait is { } wait) _pacer.Pause(wait);
        return result;
    }

    /// <summary>One attempt, once it may start.</summary>
    private ValueTask<DownloadResult<T>> TryAsync<T>(
        DownloadItem item, BodyReader<T> reader, AttemptGate? gate, CancellationToken cancellationToken) =>
        gate is null && _pacer is null
            ? GetOnceAsync(item, reader, null, cancellationToken)
            : GetOnceWhenAllowedAsync(item, reader, gate, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<DownloadResult<T>> GetOnceWhenAllowedAsync<T>(
        DownloadItem item, BodyReader<T> reader, AttemptGate? gate, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        AdaptiveAttempt attempt = default;
        try
        {
            if (_pacer is not null) await _pacer.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (gate is not null) attempt = await gate.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new DownloadResult<T>(item, default, 0, Stopwatch.GetElapsedTime(started), DownloadFailure.Cancelled);
        }

        var observation = new AttemptObservation();
        var result = await GetOnceAsync(item, reader, observation, cancellationToken).ConfigureAwait(false);
        gate?.End(attempt, observation.End(result.Failure));
        if (observation.AskedWait is { } wait) _pacer?.Pause(wait);
        return result;
    }

    private DownloadResult<T> GetOnce<T>(
        DownloadItem item, BodyReader<T> reader, AttemptObservation? observation, CancellationToken cancellationToken)
    {
        var attempt = new DownloadAttempt(item, _maxBytes);
        var limit = DownloadTimeout.Start(_timeout, cancellationToken);
        try
        {
            T? value = default;
            while (attempt.NextUri is { } next)
            {
                using var request = CreateRequest(next, item.Uri, observation);
                using var response = _invoker.Send(request, limit.Token);
                observation?.OnHeaders(response);
                if (!attempt.OnHeaders(response)) continue;
                var body = attempt.OnBody(response.Content, response.Content.ReadAsStream(limit.Token), limit.Token);
                if (attempt.IsSuccess) value = reader.Read(body, limit.Token);
                else BodyReaders.Discard.Read(body, limit.Token);
                attempt.OnBodyRead();
            }

            return attempt.Complete(value);
        }
        catch (Exception e)
        {
            return attempt.Fail<T>(e, cancellationToken, limit.Token);
        }
        finally
        {
            attempt.Dispose();
            limit.Dispose();
        }
    }

    // The state machine is pooled, which saves a sixth of what a download allocates.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<DownloadResult<T>> GetOnceAsync<T>(
        DownloadItem item, BodyReader<T> reader, AttemptObservation? observation, CancellationToken cancellationToken)
    {
        var attempt = new DownloadAttempt(item, _maxBytes);
        var limit = DownloadTimeout.Start(_timeout, cancellationToken);
        try
        {
            T? value = default;
            while (attempt.NextUri is { } next)
            {
                using var request = CreateRequest(next, item.Uri, observation);
                using var response = await _invoker.SendAsync(request, limit.Token).ConfigureAwait(false);
                observation?.OnHeaders(response);
                if (!attempt.OnHeaders(response)) continue;
                var stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
                var body = attempt.OnBody(response.Content, stream, limit.Token);
                if (attempt.IsSuccess) value = await reader.ReadAsync(body, limit.Token).ConfigureAwait(false);
                else await BodyReaders.Discard.ReadAsync(body, limit.Token).ConfigureAwait(false);
                attempt.OnBodyRead();
            }

            return attempt.Complete(value);
        }
        catch (Exception e)
        {
            return attempt.Fail<T>(e, cancellationToken, limit.Token);
        }
        finally
        {
            attempt.Dispose();
            limit.Dispose();
        }
    }

    /// <summary>A request; where a redirect has led to another origin, without the headers that are for the first only.</summary>
    private HttpRequestMessage CreateRequest(Uri uri, Uri original, AttemptObservation? observation)
    {
        var request = observation is null ? new HttpRequestMessage(HttpMethod.Get, uri) : observation.CreateRequest(uri);
        request.Version = _version;
        request.VersionPolicy = _versionPolicy;
        _headers.AddTo(request, isOtherOrigin: !ReferenceEquals(uri, original) && !RequestHeaders.IsSameOrigin(uri, original));
        return request;
    }

    /// <summary>The result of a pipeline.</summary>
    /// <param name="item">What was downloaded.</param>
    /// <param name="succeeded">What the reader returned in an attempt that succeeded, if one did. A reference, since a pipeline may run
    /// attempts at once: one that fails leaves it alone, and none is ever read half written.</param>
    /// <param name="last">The attempt that the pipeline chose.</param>
    /// <param name="started">When the first attempt was to start.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private static DownloadResult<T> WithTotalElapsed<T>(
        DownloadItem item, StrongBox<T?>? succeeded, DownloadResult last, long started, CancellationToken cancellationToken)
    {
        // The pipeline's overall limit cancels the attempt under way; to the caller that is a timeout.
        var hitOverallLimit = last.Failure?.Reason == FailureReason.Cancelled && !cancellationToken.IsCancellationRequested;
        var failure = hitOverallLimit ? DownloadFailure.OverallTimeout : last.Failure;
        var hasValue = failure is null && succeeded is not null;
        var value = hasValue ? succeeded!.Value : default;
        return new DownloadResult<T>(item, value, last.BytesRead, Stopwatch.GetElapsedTime(started), failure);
    }

    private static DownloadResult<T> FailureFromException<T>(
        DownloadItem item, long started, Exception exception, CancellationToken cancellationToken)
    {
        var failure = exception switch
        {
            _ when cancellationToken.IsCancellationRequested => DownloadFailure.Cancelled,
            TimeoutRejectedException => DownloadFailure.OverallTimeout,
            _ => new DownloadFailure(FailureReason.Other, exception.Message),
        };
        return new DownloadResult<T>(item, default, 0, Stopwatch.GetElapsedTime(started), failure);
    }
}
