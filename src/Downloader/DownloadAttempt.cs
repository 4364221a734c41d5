using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Downloader;

/// <summary>One try of a download: what to request next, what was received so far, and the result. Blocking and asynchronous downloads
/// share it; they differ in how they wait.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It is disposable; the analyzer looks at classes only.")]
internal struct DownloadAttempt : IDisposable
{
    // The body of an error response is read up to this length, so that its connection can serve the next download.
    private const long MaxErrorBodyBytes = 64 * 1024;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly DownloadItem _item;
    private readonly long _maxBytes;
    private long? _announcedBytes;
    private int _redirects;
    private bool _hasHeaders;
    private DownloadFailure? _failure;
    private BodyStream? _body;

    /// <summary>Starts the clock.</summary>
    /// <param name="item">What to download.</param>
    /// <param name="maxBytes">The largest body allowed.</param>
    public DownloadAttempt(DownloadItem item, long maxBytes)
    {
        _item = item;
        _maxBytes = maxBytes;
        if (SupportedScheme.Includes(item.Uri)) NextUri = item.Uri;
        else _failure = DownloadFailure.UnsupportedScheme(item.Uri);
    }

    /// <summary>What to request now: the URI asked for, then where redirects lead; null once there is nothing more to request.</summary>
    public Uri? NextUri { get; private set; }

    /// <summary>Whether the status is one of success, so that the body is for the reader.</summary>
    public readonly bool IsSuccess => _failure is null;

    private readonly long BytesAllowed => IsSuccess ? _maxBytes : Math.Min(_maxBytes, MaxErrorBodyBytes);

    /// <summary>Takes the headers of the response to <see cref="NextUri"/>, which then is the next one.</summary>
    /// <returns>Whether the body is to be read.</returns>
    public bool OnHeaders(HttpResponseMessage response)
    {
        var requested = NextUri!;
        NextUri = null;
        _hasHeaders = true;
        if (Redirect.IsRedirect(response.StatusCode)) return OnRedirect(response, response.RequestMessage?.RequestUri ?? requested);

        _failure = ResponseBodyLength.Read(response, out _announcedBytes);
        if (_failure is not null) return false;
        if (!response.IsSuccessStatusCode) _failure = DownloadFailure.Status(response);
        var isTooLong = _announcedBytes > BytesAllowed;
        if (isTooLong) _failure ??= DownloadFailure.BodyTooLong(BytesAllowed);
        return !isTooLong;
    }

    /// <summary>Takes the body, which is then to be read.</summary>
    /// <param name="content">The content of the response.</param>
    /// <param name="stream">Its stream.</param>
    /// <param name="token">The token of this attempt.</param>
    public DownloadBody OnBody(HttpContent content, Stream stream, CancellationToken token)
    {
        _body = new BodyStream(content, stream, _announcedBytes, BytesAllowed, token);
        return new DownloadBody(_item, content.Headers, _body);
    }

    /// <summary>Throws what ended the body too early, where the reader has caught it.</summary>
    public readonly void OnBodyRead() => _body!.ThrowIfFailed();

    /// <summary>The result, once <see cref="NextUri"/> is null.</summary>
    /// <param name="value">What the reader returned.</param>
    public readonly DownloadResult<T> Complete<T>(T? value) => Complete(value, _failure);

    /// <summary>The result of an attempt that an exception ended.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="caller">The caller's token.</param>
    /// <param name="timeout">The token that the attempt's timeout cancels.</param>
    public readonly DownloadResult<T> Fail<T>(Exception exception, CancellationToken caller, CancellationToken timeout) =>
        Complete<T>(default, FindFailure(exception, caller, timeout));

    /// <summary>Closes the body.</summary>
    public readonly void Dispose() => _body?.Dispose();

    private readonly DownloadFailure FindFailure(Exception exception, CancellationToken caller, CancellationToken timeout)
    {
        if (caller.IsCancellationRequested) return DownloadFailure.Cancelled;
        if (timeout.IsCancellationRequested) return DownloadFailure.Timeout;
        if (_body is null) return FailureClassifier.Classify(exception, _hasHeaders);
        if (_body.IsTooLong) return _failure ?? DownloadFailure.BodyTooLong(BytesAllowed);
        return _body.Error is null
            ? new DownloadFailure(FailureReason.BodyReaderFailed, exception.Message)
            : FailureClassifier.Classify(_body.Error, _hasHeaders);
    }

    // The body of a redirect is not read; unless it is empty, its connection is closed.
    private bool OnRedirect(HttpResponseMessage response, Uri requested)
    {
        _failure = Redirect.FindTarget(response, requested, _redirects, out var target);
        NextUri = target;
        _hasHeaders = target is null;
        _redirects++;
        return false;
    }

    private readonly DownloadResult<T> Complete<T>(T? value, DownloadFailure? failure) =>
        new(_item, value, _body?.BytesRead ?? 0, Stopwatch.GetElapsedTime(_started), failure);
}
