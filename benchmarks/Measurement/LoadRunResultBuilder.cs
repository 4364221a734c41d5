using System.Globalization;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Turns the server's log of a run of several clients into the data of a run: a row for all clients together, and one for each.
/// All times are on the server's clock.</summary>
internal static class LoadRunResultBuilder
{
    /// <summary>A waterfall of more bars than this cannot be read.</summary>
    private const int MaxBars = 2000;

    /// <summary>The cases: all clients first, then each that was not lost.</summary>
    /// <param name="wholeCase">The whole list, with the workers of one client.</param>
    /// <param name="expected">What the server must have seen.</param>
    /// <param name="run">The run, as the server knows it.</param>
    /// <param name="log">The server's log of it.</param>
    /// <param name="findings">What the audit found.</param>
    public static IReadOnlyList<CaseResult> BuildCases(
        DownloadCase wholeCase, LoadRunExpectation expected, LoadRun run, RequestLog log, LoadRunFindings findings)
    {
        var clients = run.Plan.Clients;
        var ofClients = log.Requests.Where(request => request.Client >= 0 && request.Iteration >= 0).ToList();
        var whole = BuildCase(wholeCase, expected.Whole, ofClients, LoadClaims.Add(run, expected.Whole)) with
        {
            Variant = string.Create(CultureInfo.InvariantCulture, $"all {clients} clients"),
            AuditFindings =
            [
                .. findings.Whole,
                .. findings.Clients.SelectMany((one, number) => one.Select(finding => $"Client {number}: {finding}")),
            ],
            Waterfall = ofClients.Count is 0 or > MaxBars ? [] : WaterfallLayout.Assign(ofClients),
        };
        var byClient = ofClients.ToLookup(request => request.Client);
        return
        [
            whole,
            .. run.Clients.Select(client =>
                BuildCase(wholeCase, expected.Shares[client.Number], [.. byClient[client.Number]], LoadClaims.Read(client, expected.Whole))
                with
                {
                    Variant = string.Create(CultureInfo.InvariantCulture, $"client {client.Number}"),
                    AuditFindings = findings.Clients[client.Number],
                }),
        ];
    }

    /// <summary>Where the clients and the server were.</summary>
    public static Dictionary<string, string> DescribeMachines(LoadRun run, string software)
    {
        var count = MachineCount.Of(run);
        var machines = new Dictionary<string, string>
        {
            ["Clients"] = Describe(run, count),
            ["Server"] = $"{run.ServerMachine.Name}, {run.ServerMachine.Processors} logical processors",
        };
        foreach (var machine in run.Clients.GroupBy(client => client.Machine))
        {
            var numbers = string.Join(", ", machine.Select(client => client.Number));
            machines[$"Client {numbers}"] = $"{machine.Key.Name}, {machine.Key.Processors} logical processors";
        }

        machines["Mock server"] = software;
        return machines;
    }

    /// <summary>On how many machines the clients ran, as a sentence has it.</summary>
    public static string Describe(LoadRun run, MachineCount count)
    {
        var clients = run.Clients.Count == 1 ? "1 client" : $"{run.Clients.Count} clients";
        var (machines, server) = count.Machines == 1
            ? ("1 machine", "the server's")
            : ($"{count.Machines} machines", "one of them the server's");
        return count.IncludesServer ? $"{clients} on {machines}, {server}" : $"{clients} on {machines}";
    }

    private static CaseResult BuildCase(
        DownloadCase wholeCase, Expectation expected, List<RequestRecord> requests, ClientIterationReport? claim)
    {
        var workers = expected.MaxInFlight;
        return new CaseResult
        {
            Strategy = wholeCase.StrategyName,
            Kind = wholeCase.Strategy.Kind,
            Workers = wholeCase.Strategy.IsBounded ? workers : null,
            Downloads = expected.Downloads,
            AllowFailures = wholeCase.AllowFailures,
            MaxRetries = wholeCase.MaxRetries,
            IsAudited = true,
            Processes = requests.Count == 0 ? [] : [new ProcessResult(Round: 1, [CreateIteration(requests, expected, claim)])],
        };
    }

    /// <summary>The makespan is the server's: from the first arrival to the last answer.</summary>
    private static IterationResult CreateIteration(List<RequestRecord> requests, Expectation expected, ClientIterationReport? claim)
    {
        var makespan = requests.Max(request => request.AnswerBegan) - requests.Min(request => request.Arrived);
        return ServerMetrics.Create(ServerMetrics.Round(makespan.TotalMilliseconds), requests, GetIdeal(requests, expected), claim);
    }

    /// <summary>What as many workers would take without overhead. Where the server serves fewer at once than there are workers, these are
    /// its places: each is taken from the admission on, in the order of admission, and no wait for one counts.</summary>
    private static TimeSpan GetIdeal(List<RequestRecord> requests, Expectation expected)
    {
        var workers = expected.MaxInFlight;
        return expected.Scenario.Capacity is { } capacity && capacity < workers
            ? IdealSchedule.Makespan(
                requests.OrderBy(request => request.Arrived + request.Queued).Select(request => request.ObservedLatency), capacity)
            : IdealSchedule.Makespan(requests.Select(request => request.ServiceTime), workers);
    }
}
