using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Downloader.MockServer.Client;

/// <summary>The client of the mock server's control paths, which are no part of what it measures. Synchronous: used between measurements
/// only.</summary>
/// <remarks>Every method throws <see cref="MockServerControlException"/>, with one line that gives the reason, when no server is listening,
/// when the server is not a mock server of this project, when its answer is invalid, or when it refuses. All answers are limited in
/// size.</remarks>
public sealed class MockServerClient : IDisposable
{
    /// <summary>How long an answer may take, a new connection included.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Enough for a reason that names the clients of a run.</summary>
    private const int MaxReasonCharacters = 1_000;

    private readonly HttpClient _http;
    private readonly string _name;
    private string? _runToken;

    /// <summary>A client of this server.</summary>
    /// <param name="server">Any of the server's endpoints, normally the main one.</param>
    /// <param name="runToken">The <see cref="RunLease.Token"/> of the run that this client belongs to; null outside of a run.</param>
    public MockServerClient(Uri server, string? runToken = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        Server = server;
        // Without user and password, which must not appear in errors.
        _name = server.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        _runToken = runToken;
        // No proxy: the connections would be counted as the proxy's. No redirects: a mock server of this project sends none.
        // Nothing is read from an answer that is given up: the server then sees at once that a client has left.
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = ConnectAsync,
            ResponseDrainTimeout = TimeSpan.Zero,
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = server,
            Timeout = Timeout,
            MaxResponseContentBufferSize = AuditPage.MaxBytes,
        };
    }

    /// <summary>The address of the server.</summary>
    public Uri Server { get; }

    /// <summary>Acquires the server for one run; this client then belongs to the run.</summary>
    /// <returns>The lease, which ends when it or this client is disposed.</returns>
    /// <exception cref="MockServerControlException">Another run holds the server, or one of the reasons above.</exception>
    public RunLease AcquireRun()
    {
        // The answer has no end while the run lasts: only its head is read.
        var response = Send(HttpMethod.Post, ControlPaths.Run, completion: HttpCompletionOption.ResponseHeadersRead);
        if (!response.Headers.TryGetValues(ControlPaths.RunTokenHeader, out var tokens))
        {
            response.Dispose();
            throw NoMockServer();
        }

        _runToken = tokens.First();
        return new RunLease(this, response, _runToken);
    }

    /// <summary>The addresses on which the server listens, by protocol.</summary>
    public ServerEndpoints GetEndpoints() => GetJson<ServerEndpoints>(ControlPaths.Endpoints);

    /// <summary>The active scenario.</summary>
    public Scenario GetScenario() => GetJson<Scenario>(ControlPaths.Scenario);

    /// <summary>Changes the scenario from the next request on. Requests that are being served keep the one they arrived under.</summary>
    /// <exception cref="ScenarioException">The scenario is invalid.</exception>
    public void SetScenario(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        scenario.Validate();
        var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(scenario, ControlJson.Options));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Send(HttpMethod.Put, ControlPaths.Scenario, body).Dispose();
    }

    /// <summary>Clears the log, and logs requests from here on.</summary>
    public void ResetAudit() => Send(HttpMethod.Put, ControlPaths.Audit).Dispose();

    /// <summary>Clears the log, and logs no requests until the next reset: they are counted as dropped.</summary>
    public void StopAudit() => Send(HttpMethod.Delete, ControlPaths.Audit).Dispose();

    /// <summary>An iteration begins: requests from here on belong to it, and their sequence starts again at 0. A server that has not been
    /// asked for a log yet, nor told to keep none, starts logging.</summary>
    public void BeginIteration() => Send(HttpMethod.Post, ControlPaths.Begin).Dispose();

    /// <summary>The current iteration has ended, as the client sees it.</summary>
    /// <param name="report">What the client reports about it, stored unchanged; at most 16 KiB.</param>
    public void EndIteration(string? report = null) =>
        Send(HttpMethod.Post, ControlPaths.End, report is null ? null : new StringContent(report)).Dispose();

    /// <summary>Joins the run of several clients, or begins one.</summary>
    /// <exception cref="MockServerControlException">The run is complete or over, its clients do something else, another run holds the
    /// server, or one of the reasons above.</exception>
    public JoinedClient Join(JoinRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Options));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        // The answer has no end before the client's: only its head is read.
        var response = Send(HttpMethod.Post, ControlPaths.Clients, body, HttpCompletionOption.ResponseHeadersRead);
        if (response.Headers.TryGetValues(ControlPaths.ClientHeader, out var marks)) return new JoinedClient(this, response, marks.First());
        response.Dispose();
        throw NoMockServer();
    }

    /// <summary>The run of several clients, also when it is over; null where there is none, or its audit has closed it.</summary>
    public LoadRun? GetLoadRun() => GetJson<LoadRun[]>(ControlPaths.Clients) is [var run, ..] ? run : null;

    /// <summary>Forgets a run of several clients that is over: another one can begin.</summary>
    /// <param name="id">The <see cref="LoadRun.Id"/> of the run; null for whichever is there.</param>
    /// <exception cref="MockServerControlException">It is not over, another one has taken its place, or a reason above.</exception>
    public void CloseLoadRun(string? id = null) =>
        Send(HttpMethod.Delete, id is null ? ControlPaths.Clients : $"{ControlPaths.Clients}?id={Uri.EscapeDataString(id)}").Dispose();

    /// <summary>Everything recorded since the last reset.</summary>
    public RequestLog ReadAudit()
    {
        var first = ReadAuditPage(from: 0);
        var requests = new List<RequestRecord>(first.Requests);
        for (var next = first.Next; next < first.Logged;)
        {
            var page = ReadAuditPage(next, first.Logged);
            if (page.LogNumber != first.LogNumber)
                throw new MockServerControlException($"{_name}: the audit was reset while it was being read.");
            if (page.Next <= next) throw InvalidAudit("it has no end");
            requests.AddRange(page.Requests);
            next = page.Next;
        }

        var inFlight = first.Logged - requests.Count;
        var hasUnknownIterations = requests.Exists(request => request.Iteration >= first.Iterations.Length);
        return inFlight >= 0 && !hasUnknownIterations
            ? new RequestLog(first.Iterations, requests, inFlight, first.Dropped)
            : throw InvalidAudit("it contradicts itself");
    }

    /// <summary>Closes the connections, and with them the lease that this client acquired.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Releases the server, if it can still be reached.</summary>
    internal void ReleaseRun()
    {
        try
        {
            Send(HttpMethod.Delete, ControlPaths.Run).Dispose();
        }
        catch (Exception e) when (e is MockServerControlException or ObjectDisposedException)
        {
            // The lease ends with its connection in any case.
        }

        _runToken = null;
    }

    /// <summary>A client has ended.</summary>
    internal void SendClaim(string mark, string claim) =>
        Send(HttpMethod.Post, ControlPaths.Claim, new StringContent(claim), clientMark: mark).Dispose();

    /// <summary>What an error says after the server's address.</summary>
    internal MockServerControlException CreateError(string reason) => new($"{_name}: {SingleLine.From(reason, MaxReasonCharacters)}");

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A client of several waits long for the others: that the server has vanished must not keep it waiting for ever.
            TcpKeepAlive.Start(socket);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private AuditPage ReadAuditPage(int from, int to = int.MaxValue)
    {
        using var response = Send(HttpMethod.Get, $"{ControlPaths.Audit}?from={from}&to={to}");
        if (response.Content.Headers.ContentType?.MediaType != AuditPage.MediaType) throw NoMockServer();
        using var body = new MemoryStream();
        response.Content.CopyTo(body, context: null, CancellationToken.None);
        try
        {
            return AuditPage.Read(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (InvalidDataException e)
        {
            throw InvalidAudit(e.Message);
        }
    }

    private T GetJson<T>(string path)
    {
        using var response = Send(HttpMethod.Get, path);
        try
        {
            using var body = response.Content.ReadAsStream();
            return JsonSerializer.Deserialize<T>(body, ControlJson.Options) ?? throw NoMockServer();
        }
        catch (JsonException)
        {
            throw NoMockServer();
        }
    }

    private HttpResponseMessage Send(
        HttpMethod method,
        string path,
        HttpContent? body = null,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead,
        string? clientMark = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (_runToken is { } token) request.Headers.TryAddWithoutValidation(ControlPaths.RunTokenHeader, token);
        if (clientMark is not null) request.Headers.TryAddWithoutValidation(ControlPaths.ClientHeader, clientMark);
        HttpResponseMessage response;
        try
        {
            response = _http.Send(request, completion);
        }
        catch (HttpRequestException e)
        {
            throw new MockServerControlException($"{_name}: {Explain(e)}.");
        }
        catch (TaskCanceledException)
        {
            throw new MockServerControlException($"{_name}: no complete answer within {Timeout.TotalSeconds:0} seconds.");
        }

        var isMockServer = response.Headers.Contains(ControlPaths.MarkerHeader);
        if (isMockServer && response.IsSuccessStatusCode) return response;
        using (response)
        {
            throw isMockServer ? Refused(response) : NoMockServer();
        }
    }

    private static string Explain(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.ConnectionError => "no server is listening",
        HttpRequestError.ConfigurationLimitExceeded => "the answer is too long for a mock server of this project",
        HttpRequestError.ResponseEnded => "not a mock server of this project, or its answer broke off",
        _ => $"not a mock server of this project ({SingleLine.From(error.Message)})",
    };

    private MockServerControlException NoMockServer() => new($"{_name}: not a mock server of this project.");

    private MockServerControlException InvalidAudit(string reason) => new($"{_name}: the audit is invalid: {reason}.");

    private MockServerControlException Refused(HttpResponseMessage response)
    {
        using var reader = new StreamReader(response.Content.ReadAsStream());
        var reason = reader.ReadLine() is { Length: > 0 } line ? line : $"status {(int)response.StatusCode}";
        var relation = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict ? ": " : " refused: ";
        return new MockServerControlException($"{_name}{relation}{SingleLine.From(reason, MaxReasonCharacters)}");
    }
}
