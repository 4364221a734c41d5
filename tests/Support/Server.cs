using System.Net;
using System.Reflection;
using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Support;

/// <summary>A mock server process with its control client and one HTTP client.</summary>
internal sealed class Server : IDisposable
{
    private readonly MockServerProcess _process;

    public Server(params string[] arguments)
    {
        _process = MockServerProcess.Start(arguments);
        Lab = new MockServerClient(_process.Address);
        Http = NewClient();
        // A server keeps no log until it is asked for one.
        Lab.ResetAudit();
    }

    /// <summary>The path of the mock server's assembly.</summary>
    public static string Assembly { get; } = typeof(MockServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "MockServer").Value!;

    public Uri Address => _process.Address;

    public int ProcessId => _process.Id;

    public MockServerClient Lab { get; }

    public HttpClient Http { get; }

    public HttpClient NewClient(int connections = int.MaxValue) => new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = connections })
    {
        BaseAddress = Address,
    };

    /// <summary>So many requests, so many of them at once; their status codes, 0 for those that failed below HTTP.</summary>
    public async Task<List<HttpStatusCode>> Get(string path, int count, int atOnce = 1)
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

    public IReadOnlyList<RequestRecord> Seen() => Lab.ReadAudit().Requests;

    public void Dispose()
    {
        Http.Dispose();
        Lab.Dispose();
        _process.Dispose();
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
