using System.Globalization;

namespace Downloader.MockServer.Client;

/// <summary>What the clients of a run do together, the same for all of them.</summary>
/// <param name="Clients">How many clients there are, 1 to 1,000.</param>
/// <param name="Workers">The most requests that one client has in flight, 1 to 10,000.</param>
/// <param name="Downloads">The length of the list, which is dealt in turn: item i belongs to client i mod
/// <paramref name="Clients"/>.</param>
/// <param name="Strategy">The strategy of each client, a name of the catalogue: letters and digits.</param>
/// <param name="Retries">How often a client tries a failed download again, at most, 0 to 100; 0 for never.</param>
public sealed record LoadPlan(int Clients, int Workers, int Downloads, string Strategy, int Retries)
{
    /// <summary>The most clients of a run.</summary>
    public const int MaxClients = 1_000;

    /// <summary>The most workers of a client.</summary>
    public const int MaxWorkers = 10_000;

    /// <summary>The most retries of a download.</summary>
    public const int MaxRetries = 100;

    private const int MaxStrategyLength = 64;

    /// <summary>Whether all values are in their ranges, each client has a download, and the server's log holds every request that there may
    /// be.</summary>
    public bool IsPossible() =>
        this is
        {
            Clients: >= 1 and <= MaxClients,
            Workers: >= 1 and <= MaxWorkers,
            Retries: >= 0 and <= MaxRetries,
            Strategy.Length: > 0 and <= MaxStrategyLength,
        }
        && Downloads >= Clients
        && CountRequests() <= RequestLog.MaxRequests
        && Strategy.All(char.IsAsciiLetterOrDigit);

    /// <summary>How many requests there are when every download is tried as often as it may be.</summary>
    public long CountRequests() => (long)Downloads * (1 + Retries);

    /// <summary>How many downloads a client has.</summary>
    /// <param name="client">Its number, from 0.</param>
    public int GetShare(int client) => (Downloads / Clients) + (client < Downloads % Clients ? 1 : 0);

    /// <summary>The plan as options of the command line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"--clients {Clients} --workers {Workers} --downloads {Downloads} --strategy {Strategy}{RetryOption}");

    private string RetryOption => Retries == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" --retry {Retries}");
}
