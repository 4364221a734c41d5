using System.Diagnostics;

namespace Downloader;

/// <summary>One try of a download: what to request next, what was received so far, and the result. Blocking and asynchronous downloads
/// share it; they differ in how they wait.</summary>
internal struct DownloadAttempt
{
    private const int MaxBufferBytes = 32 * 1024;

    // The body of an error response is read up to this length, so that its connection can serve the next download.
    private const long MaxErrorBodyBytes = 64 * 1024;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Uri _uri;
    private readonly long _maxBytes;
    private long _bytesRead;
    private long _bytesAllowed;
    private int _redirects;
    private bool _hasHeaders;
    private DownloadFailure? _failure;

    /// <summary>Starts the clock.</summary>
    /// <param name="uri">What to download.</param>
    /// <param name="maxBytes">The largest body allowed.</param>
    public DownloadAttempt(Uri uri, long maxBytes)
    {
        _uri = uri;
        _maxBytes = maxBytes;
        if (SupportedScheme.Includes(uri)) NextUri = uri;
        else _failure = DownloadFailure.UnsupportedScheme(uri);
    }

    /// <summary>What to request now: the URI asked for, then where redirects lead; null once there is nothing more to request.</summary>
    public Uri? NextUri { get; private set; }

    /// <summary>The size of the buffer to read the body with: not larger than the body, so that many small downloads do not hold many
    /// large buffers.</summary>
    public int BufferBytes { get; private set; }

    /// <summary>Takes the headers of the response to <see cref="NextUri"/>, which then is the next one.</summary>
    /// <returns>Whether the body is to be read.</returns>
    public bool OnHeaders(HttpResponseMessage response)
    {
        var requested = NextUri!;
        NextUri = null;
        _hasHeaders = true;
        if (Redirect.IsRedirect(response.StatusCode)) return OnRedirect(response, response.RequestMessage?.RequestUri ?? requested);

        _failure = ResponseBodyLength.Read(response, out var length);
        if (_failure is not null) return false;
        if (!response.IsSuccessStatusCode) _failure = DownloadFailure.Status(response);
        _bytesAllowed = response.IsSuccessStatusCode ? _maxBytes : Math.Min(_maxBytes, MaxErrorBodyBytes);
        BufferBytes = (int)Math.Min(length ?? MaxBufferBytes, MaxBufferBytes);
        return !IsTooLong(length ?? 0);
    }

    /// <summary>Counts a part of the body.</summary>
    /// <param name="bytes">How many bytes were read; 0 at the end.</param>
    /// <returns>Whether to read on.</returns>
    public bool OnBytesRead(int bytes)
    {
        _bytesRead += bytes;
        return bytes > 0 && !IsTooLong(_bytesRead);
    }

    /// <summary>The result, once <see cref="NextUri"/> is null.</summary>
    public readonly DownloadResult Complete() => Complete(_failure);

    /// <summary>The result of an attempt that an exception ended.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="caller">The caller's token.</param>
    /// <param name="timeout">The token that the attempt's timeout cancels.</param>
    public readonly DownloadResult Fail(Exception exception, CancellationToken caller, CancellationToken timeout)
    {
        if (caller.IsCancellationRequested) return Complete(DownloadFailure.Cancelled);
        if (timeout.IsCancellationRequested) return Complete(DownloadFailure.Timeout);
        return Complete(FailureClassifier.Classify(exception, _hasHeaders));
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

    private bool IsTooLong(long bytes)
    {
        if (bytes <= _bytesAllowed) return false;
        _failure ??= DownloadFailure.BodyTooLong(_bytesAllowed);
        return true;
    }

    private readonly DownloadResult Complete(DownloadFailure? failure) =>
        new(_uri, _bytesRead, Stopwatch.GetElapsedTime(_started), failure);
}
