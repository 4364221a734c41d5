using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Sends requests as the library's clients do, and times them. For HTTP/1.1 it has one connection.</summary>
internal sealed class ProbeClient : IDisposable
{
    private const int BufferBytes = 32 * 1024;
    private const long MaxBodyBytes = 100_000_000;

    /// <summary>A request that is sent again by the handler opens its connection later than this after it was sent.</summary>
    private static readonly TimeSpan UsualConnectDelay = TimeSpan.FromMilliseconds(2);

    private readonly ProbeOptions _options;
    private readonly ProbeClock _clock;
    private readonly RequestBudget _budget;
    private readonly HttpMessageInvoker _invoker;
    private bool _hasConnection;

    /// <param name="options">How requests are sent.</param>
    /// <param name="clock">Times them.</param>
    /// <param name="budget">What a request takes from that the handler sends again; the first time is the caller's.</param>
    public ProbeClient(ProbeOptions options, ProbeClock clock, RequestBudget budget)
    {
        _budget = budget;
        _options = options;
        _clock = clock;
        var downloaderOptions = new DownloaderOptions
        {
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            ConfigureHandler = Configure,
        };
        _invoker = new HttpMessageInvoker(DownloadHandlerFactory.Create(downloaderOptions));
    }

    /// <summary>Whether the versions of HTTP are negotiated; otherwise the one of the options is the only one.</summary>
    public bool NegotiatesVersion { get; init; }

    /// <summary>How much of a body is kept as text; 0 for nothing.</summary>
    public int MaxTextBytes { get; init; }

    /// <summary>Sends a GET and reads the whole answer. Throws nothing for what the server or the network does.</summary>
    /// <param name="uri">What to request.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<ProbeAnswer> GetAsync(Uri uri, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var message = CreateMessage(uri);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var reading = new Reading();
        var sent = _clock.Now;
        try
        {
            using var response = await _invoker.SendAsync(message, limit.Token).ConfigureAwait(false);
            reading.OnHead(response, _clock.Now);
            await ReadBodyAsync(response, reading, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reading.OnFailed(e, isTimeout: limit.IsCancellationRequested, timeout);
        }

        var answer = reading.Complete(sent, _clock.Now, message.Connection);
        answer = DivideWhereSentTwice(answer, message);
        _hasConnection = answer.Request.Status is not null;
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private void Configure(SocketsHttpHandler handler)
    {
        _options.Configure(handler);
        if (!_options.UsesHttp2) handler.MaxConnectionsPerServer = 1;
        new ProbeConnector(_options.UsesHttp2 ? null : _budget).Attach(handler);
    }

    private ProbeMessage CreateMessage(Uri uri)
    {
        var message = new ProbeMessage(uri)
        {
            Version = _options.UsesHttp2 || NegotiatesVersion ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = NegotiatesVersion ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, value) in _options.Headers) message.Headers.TryAddWithoutValidation(name, value);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        return message;
    }

    private async Task ReadBodyAsync(HttpResponseMessage response, Reading reading, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int bytes;
            do
            {
                bytes = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                reading.OnBody(buffer.AsSpan(0, bytes), MaxTextBytes);
            }
            while (bytes > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The handler sends a GET again, over a new connection, when the old one breaks before an answer begins: two requests for the
    /// server, and the first one failed.</summary>
    private ProbeAnswer DivideWhereSentTwice(ProbeAnswer answer, ProbeMessage message)
    {
        if (!_hasConnection || message.ConnectStarted is not { } started) return answer;
        var connected = _clock.At(started);
        if (connected - answer.Request.Sent < UsualConnectDelay) return answer;
        var broken = new ObservedRequest { Sent = answer.Request.Sent, Ended = connected, Outcome = ObservedOutcome.Failed };
        return answer with { Request = answer.Request with { Sent = connected }, BrokenBefore = broken };
    }

    /// <summary>What is known of an answer while it comes.</summary>
    private sealed class Reading
    {
        private readonly StringBuilder _text = new();
        private TimeSpan? _began;
        private int? _status;
        private long _bytes;
        private TimeSpan? _retryAfter;
        private string? _redirectTarget;
        private Version? _version;
        private string? _problem;
        private bool _isTimeout;
        private bool _isBroken;

        public void OnHead(HttpResponseMessage response, TimeSpan now)
        {
            _began = now;
            _status = (int)response.StatusCode;
            _version = response.Version;
            // However long: one that is too long ends the calibration.
            _retryAfter = WaitHeaders.Read(response, TimeSpan.MaxValue);
            if (!response.IsSuccessStatusCode) _problem = PrintableText.Escape($"{_status} {response.ReasonPhrase}".TrimEnd(), 100);
            _redirectTarget = RedirectTarget.Find(response);
        }

        public void OnBody(ReadOnlySpan<byte> bytes, int maxTextBytes)
        {
            _bytes += bytes.Length;
            if (_bytes > MaxBodyBytes) throw new InvalidDataException($"The body is longer than {MaxBodyBytes} bytes");
            if (_text.Length < maxTextBytes) _text.Append(Encoding.UTF8.GetString(bytes));
        }

        public void OnFailed(Exception exception, bool isTimeout, TimeSpan timeout)
        {
            _isTimeout = isTimeout;
            _isBroken = true;
            var what = _began is null ? "no answer" : "no whole answer";
            FormattableString late = $"{what} within {timeout.TotalSeconds:0.#} s";
            _problem = isTimeout ? late.ToString(CultureInfo.InvariantCulture) : ProbeFailure.Describe(exception);
        }

        public ProbeAnswer Complete(TimeSpan sent, TimeSpan ended, ConnectionTiming? connection) => new(new ObservedRequest
        {
            Sent = sent,
            AnswerBegan = _began,
            Ended = ended,
            Status = _status,
            Outcome = GetOutcome(),
            BodyBytes = _bytes,
            NewConnection = connection,
            RetryAfter = _retryAfter,
        })
        {
            Problem = _problem,
            RedirectTarget = _redirectTarget,
            Version = _version,
            Text = _text.ToString(),
        };

        private ObservedOutcome GetOutcome() => _status switch
        {
            _ when _isTimeout => ObservedOutcome.TimedOut,
            429 => ObservedOutcome.RateLimited,
            503 => ObservedOutcome.Refused,
            >= 200 and < 300 when !_isBroken => ObservedOutcome.Succeeded,
            _ => ObservedOutcome.Failed,
        };
    }
}
