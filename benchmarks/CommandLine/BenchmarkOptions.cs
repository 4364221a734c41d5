using System.CommandLine;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>The options of the benchmarks, and the settings they make.</summary>
internal sealed class BenchmarkOptions
{
    /// <summary>The option with which <c>compare</c> starts the two runs whose rounds alternate.</summary>
    public const string RoundGateOption = "--round-gate";

    private readonly Option<int[]?> _workers = NumberOption.CreateIntList(
        "--workers", "Worker counts to measure, instead of each suite's own.", 1, 10_000);
    private readonly Option<int?> _downloads = NumberOption.CreateInt(
        "--downloads", "Downloads per iteration, instead of each suite's own.", 1, 10_000_000);
    private readonly Option<int?> _rounds = NumberOption.CreateInt(
        "--rounds", "How often every case is run, each time in a fresh process (default 3, with --quick 1).", 1, 100);
    private readonly Option<int?> _retry = NumberOption.CreateInt(
        "--retry", "How often a failed download is tried again, at most; Retry-After is honoured (default: never).", 1, 100);
    private readonly Option<double?> _rate = NumberOption.CreateRate(
        "--rate", "Requests per second that the client sends at most, on average; retries included (default: no limit).", 0.001, 1_000_000);
    private readonly Option<int?> _shuffleSeed = NumberOption.CreateInt(
        "--shuffle-seed", "Shuffles the order of the cases in each round; without it the clock chooses.", 0, int.MaxValue);
    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "A small run of the main suite that shows whether everything works.",
    };

    private readonly Option<bool> _noAudit = new("--no-audit")
    {
        Description = "The server keeps no log: no efficiency, no requests in flight, no audit.",
    };

    private readonly Option<string?> _server = new("--server")
    {
        Description = "Use a mock server that already runs, instead of starting one.",
        HelpName = "URL",
    };

    private readonly Option<bool> _roundGate = new(RoundGateOption)
    {
        Description = "Wait for a line on standard input before each round; the end of input interrupts the run.",
        Hidden = true,
    };

    private readonly ScenarioOptions _scenario = new();

    /// <summary>Show BenchmarkDotNet's log on the screen.</summary>
    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Show BenchmarkDotNet's log; else it only goes to its file." };

    /// <summary>All options, in the order to show.</summary>
    public IEnumerable<Option> All =>
    [
        _workers, _downloads, _rounds, _retry, _rate, _shuffleSeed, _quick, _server, _noAudit, Verbose, _roundGate, .. _scenario.All,
    ];

    /// <summary>What was asked for.</summary>
    /// <exception cref="UsageException">The server's URL is invalid.</exception>
    public BenchmarkSettings GetSettings(ParseResult result)
    {
        var file = _scenario.GetFile(result);
        return new()
        {
            Workers = result.GetValue(_workers) is { Length: > 0 } workers ? workers : null,
            Downloads = result.GetValue(_downloads),
            Rounds = result.GetValue(_rounds),
            Retries = result.GetValue(_retry) ?? 0,
            Rate = result.GetValue(_rate),
            // Five digits are enough, and can be typed.
            ShuffleSeed = result.GetValue(_shuffleSeed) ?? (int)(DateTimeOffset.Now.ToUnixTimeMilliseconds() % 100_000),
            Quick = result.GetValue(_quick),
            WaitsBeforeRounds = result.GetValue(_roundGate),
            Audit = !result.GetValue(_noAudit),
            Server = ParseServer(result.GetValue(_server)),
            ScenarioFileArguments = file is null ? [] : ScenarioOptions.Write(file.Scenario).Split(' '),
            Calibration = file?.Calibration,
            ScenarioArguments = _scenario.GetSpecified(result),
        };
    }

    /// <summary>The address of a mock server; null for null.</summary>
    /// <exception cref="UsageException">It is invalid.</exception>
    public static Uri? ParseServer(string? url)
    {
        if (url is null) return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp
            ? uri
            : throw new UsageException($"--server {url}: must be the http URL of a mock server, as http://127.0.0.1:5080.");
    }
}
