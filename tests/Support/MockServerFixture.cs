using System.Net;
using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Support;

/// <summary>A mock server process, its control client and an HTTP client. As a class fixture it is a server of the pool, with the default
/// scenario; the tests of the class set the scenario. <see cref="Start"/> gives a test a server of its own, where the test is about the
/// server's command line or its end.</summary>
public sealed class MockServerFixture : IDisposable
{
    private readonly MockServerProcess _process;
    private readonly MockServerPool? _pool;
    private readonly Lazy<ServerEndpoints> _endpoints;

    public MockServerFixture(MockServerPool pool)
        : this(pool.Rent(), pool) => Control.SetScenario(new Scenario());

    private MockServerFixture(MockServerProcess process, MockServerPool? pool)
    {
        _process = process;
        _pool = pool;
        Control = new MockServerClient(process.Address);
        _endpoints = new(Control.GetEndpoints);
        Http = NewClient();
        // A server keeps no log until it is asked for one.
        Control.ResetAudit();
    }

    public Uri Address => _process.Address;

    public int ProcessId => _process.Id;

    public MockServerClient Control { get; }

    /// <summary>Asked for when first used: tests may count the server's connections from its start.</summary>
    public ServerEndpoints Endpoints => _endpoints.Value;

    public HttpClient Http { get; }

    public Uri Jython => new(Address, "/jython");

    public Uri Dice => new(Address, "/dice");

    /// <summary>A server with command-line arguments of its own.</summary>
    public static MockServerFixture Start(params string[] arguments) => new(MockServerProcess.Start(arguments), pool: null);

    /// <summary>Sets the default scenario, changed by these options, and clears the log.</summary>
    public MockServerFixture UseScenario(string options)
    {
        Control.SetScenario(ScenarioOptions.Parse(options.Split(' '), new Scenario()));
        Control.ResetAudit();
        return this;
    }

    public HttpClient NewClient(int connections = int.MaxValue)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = connections };
        return new HttpClient(handler) { BaseAddress = Address };
    }

    /// <summary>Sends requests.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="count">How many requests in all.</param>
    /// <param name="atOnce">How many at the same time.</param>
    /// <returns>Their status codes; 0 for those that failed below HTTP.</returns>
    public async Task<List<HttpStatusCode>> SendRequests(string path, int count, int atOnce = 1)
    {
        var left = count;
        var workers = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            var codes = new List<HttpStatusCode>();
            while (Interlocked.Decrement(ref left) >= 0) codes.Add(await GetOne(path));
            return codes;
        }));
        return [.. workers.SelectMany(codes => codes)];
    }

    /// <summary>The requests in the server's log.</summary>
    public IReadOnlyList<RequestRecord> ReadRequests() => Control.ReadAudit().Requests;

    public void Dispose()
    {
        var isReusable = _pool is not null && TryReset();
        Http.Dispose();
        Control.Dispose();
        if (isReusable) _pool!.Return(_process);
        else _process.Dispose();
    }

    /// <summary>Whether the server still answers and no run holds it.</summary>
    private bool TryReset()
    {
        try
        {
            Control.ResetAudit();
            return true;
        }
        catch (MockServerControlException)
        {
            return false;
        }
    }

    private async Task<HttpStatusCode> GetOne(string path)
    {
        try
        {
            using var response = await Http.GetAsync(path);
            await response.Content.ReadAsByteArrayAsync();
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
