using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Downloader;

/// <summary>What is noted of one attempt while it runs, for those who decide about the next ones.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Who sends the request disposes it.")]
internal sealed class AttemptObservation
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan? _serviceTime;
    private TimeSpan? _askedWait;
    private ConnectionNotingRequest? _request;

    /// <summary>How long the server asks all to wait; null when it does not, or for too long.</summary>
    public TimeSpan? AskedWait => _askedWait;

    /// <summary>A request whose connection is noted.</summary>
    public HttpRequestMessage CreateRequest(Uri uri) => _request = new ConnectionNotingRequest(uri);

    /// <summary>Takes the headers of a response.</summary>
    public void OnHeaders(HttpResponseMessage response)
    {
        _serviceTime = Stopwatch.GetElapsedTime(_started);
        _askedWait = WaitHeaders.Read(response);
    }

    /// <summary>What the attempt has shown.</summary>
    public AttemptEnd End(DownloadFailure? failure) => new(Classify(failure))
    {
        ServiceTime = _serviceTime,
        OpenedConnection = _request?.HasOpenedConnection ?? false,
        RetryAfter = _askedWait,
    };

    private static AttemptOutcome Classify(DownloadFailure? failure) => failure switch
    {
        null or { Reason: FailureReason.BodyReaderFailed or FailureReason.BodyTooLong } => AttemptOutcome.Served,
        { StatusCode: HttpStatusCode.TooManyRequests } => AttemptOutcome.RateLimited,
        { StatusCode: HttpStatusCode.ServiceUnavailable } => AttemptOutcome.Refused,
        // An answer about this address alone, such as 404.
        { StatusCode: < HttpStatusCode.InternalServerError } => AttemptOutcome.Served,
        _ => AttemptOutcome.Failed,
    };
}
