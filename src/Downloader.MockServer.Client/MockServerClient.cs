using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Downloader.MockServer.Client;

/// <summary>Speaks to the mock server's control paths, which are no part of what it measures. Synchronous: used between measurements only.</summary>
/// <remarks>Every method throws <see cref="MockServerControlException"/>, with one line that says why, when nobody listens, when who listens is no mock
/// server of this project, or when the server refuses.</remarks>
public sealed class MockServerClient(Uri server) : IDisposable
{
    // No proxy: what stands between would be measured too. No redirects: a mock server of this project sends none.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = server,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>The server spoken to.</summary>
    public Uri Server { get; } = server;

    /// <summary>Where the server listens, by protocol.</summary>
    public ServerEndpoints GetEndpoints() => Json<ServerEndpoints>(HttpMethod.Get, ControlPaths.Endpoints);

    /// <summary>The scenario in force.</summary>
    public Scenario GetScenario() => Json<Scenario>(HttpMethod.Get, ControlPaths.Scenario);

    /// <summary>Changes the scenario from the next request on. Requests that are being served keep the one they arrived under.</summary>
    /// <exception cref="ScenarioException">The scenario cannot be.</exception>
    public void SetScenario(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        scenario.Validate();
        var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(scenario, ControlJson.Options));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Send(HttpMethod.Put, ControlPaths.Scenario, body).Dispose();
    }

    /// <summary>Forgets all requests and iterations seen, and logs from here on.</summary>
    public void ResetAudit() => Send(HttpMethod.Put, ControlPaths.Audit).Dispose();

    /// <summary>Forgets all requests and iterations seen, and logs none until the next reset: they are counted as dropped.</summary>
    public void StopAudit() => Send(HttpMethod.Delete, ControlPaths.Audit).Dispose();

    /// <summary>An iteration begins: requests from here on belong to it, and their sequence starts again at 0.</summary>
    public void BeginIteration() => Send(HttpMethod.Post, ControlPaths.Begin).Dispose();

    /// <summary>The iteration under way is over, as the client sees it.</summary>
    /// <param name="claim">What the client says of it, kept as it is; at most 16 KiB.</param>
    public void EndIteration(string? claim = null) =>
        Send(HttpMethod.Post, ControlPaths.End, claim is null ? null : new StringContent(claim)).Dispose();

    /// <summary>Everything seen since the last reset.</summary>
    public RequestLog ReadAudit()
    {
        using var response = Send(HttpMethod.Get, ControlPaths.Audit);
        if (response.Content.Headers.ContentType?.MediaType != RequestLogFormat.MediaType) throw NoMockServer();
        try
        {
            using var body = response.Content.ReadAsStream();
            return RequestLogFormat.Read(body);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            throw new MockServerControlException($"{Server}: the audit broke off: {e.Message}");
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _http.Dispose();

    private T Json<T>(HttpMethod method, string path)
    {
        using var response = Send(method, path);
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

    private HttpResponseMessage Send(HttpMethod method, string path, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        HttpResponseMessage response;
        try
        {
            response = _http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            throw new MockServerControlException($"{Server}: nobody listens there.");
        }
        catch (HttpRequestException e)
        {
            throw new MockServerControlException($"{Server}: no mock server of this project answers there ({e.Message}).");
        }
        catch (TaskCanceledException)
        {
            throw new MockServerControlException($"{Server}: no answer within {_http.Timeout.TotalSeconds:0} seconds.");
        }

        if (response.IsSuccessStatusCode && response.Headers.Contains(MarkerHeader)) return response;
        using (response)
            throw response.Headers.Contains(MarkerHeader) ? Refused(response) : NoMockServer();
    }

    /// <summary>What tells this project's mock server from any other that answers.</summary>
    internal const string MarkerHeader = "X-Downloader-Lab";

    private MockServerControlException NoMockServer() => new($"{Server}: no mock server of this project answers there.");

    private MockServerControlException Refused(HttpResponseMessage response)
    {
        using var reader = new StreamReader(response.Content.ReadAsStream());
        var reason = reader.ReadLine();
        return new MockServerControlException(response.StatusCode == HttpStatusCode.BadRequest ? $"{Server}: {reason}" : $"{Server} refused: {reason}");
    }
}
