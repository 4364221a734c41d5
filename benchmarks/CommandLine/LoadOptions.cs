using System.CommandLine;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>The options that <c>load</c> and <c>audit</c> have in common: where the server is, and what the clients do.</summary>
internal sealed class LoadOptions
{
    private const int DefaultWorkers = 16;
    private const int DefaultDownloads = 160;
    private const string DefaultStrategy = "WorkerLoops";

    private readonly Option<string?> _server = new("--server")
    {
        Description = "The mock server, started with --remote-control where clients are on other machines.",
        HelpName = "URL",
        Required = true,
    };

    private readonly Option<int?> _clients = CreateRequired("--clients", "How many clients there are.", LoadPlan.MaxClients);
    private readonly Option<int?> _workers =
        NumberOption.CreateInt("--workers", $"Workers of each client (default {DefaultWorkers}).", 1, LoadPlan.MaxWorkers);
    private readonly Option<int?> _downloads = NumberOption.CreateInt(
        "--downloads", $"Downloads of all clients together (default {DefaultDownloads}).", 1, RequestLog.MaxRequests);
    private readonly Option<string?> _strategy = new("--strategy")
    {
        Description = $"The strategy of each client (default {DefaultStrategy}).",
        HelpName = "NAME",
    };

    private readonly Option<int?> _retry = NumberOption.CreateInt(
        "--retry", "How often a failed download is tried again, at most; Retry-After is honoured (default: never).", 1,
        LoadPlan.MaxRetries);

    /// <summary>All options, in the order to show.</summary>
    public IReadOnlyList<Option> All => [_server, _clients, _workers, _downloads, _strategy, _retry];

    /// <summary>The address of the server.</summary>
    /// <exception cref="UsageException">It is invalid.</exception>
    public Uri GetServer(ParseResult result) => BenchmarkOptions.ParseServer(result.GetValue(_server))!;

    /// <summary>What all clients do together.</summary>
    /// <exception cref="UsageException">There is no such strategy, or there are fewer downloads than clients, or more requests than the
    /// server logs.</exception>
    public LoadPlan GetPlan(ParseResult result)
    {
        var name = result.GetValue(_strategy) ?? DefaultStrategy;
        var strategy = StrategyCatalogue.Find(name) ?? throw new UsageException(
            $"--strategy {Printable(name)}: must be one of {string.Join(", ", StrategyCatalogue.All.Select(one => one.Name))}.");
        var clients = result.GetValue(_clients)!.Value;
        var downloads = result.GetValue(_downloads) ?? DefaultDownloads;
        if (downloads < clients) throw new UsageException($"--downloads {downloads}: must be at least one for each of {clients} clients.");
        var plan = new LoadPlan(
            clients, result.GetValue(_workers) ?? DefaultWorkers, downloads, strategy.Name, result.GetValue(_retry) ?? 0);
        if (plan.CountRequests() <= RequestLog.MaxRequests) return plan;
        throw new UsageException($"--downloads {downloads}: must be at most {RequestLog.MaxRequests / (1 + plan.Retries)} with "
            + $"--retry {plan.Retries}: the server logs {RequestLog.MaxRequests} requests.");
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(40).Select(letter => letter is >= '!' and <= '~' ? letter : '?'));

    private static Option<int?> CreateRequired(string name, string description, int max)
    {
        var option = NumberOption.CreateInt(name, description, 1, max);
        option.Required = true;
        return option;
    }
}
