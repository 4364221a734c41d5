using System.CommandLine;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>load</c>: one of several clients.</summary>
internal sealed class LoadCommand
{
    private const int DefaultJoinSeconds = 30;

    private const string Help = """
        Be one of several clients that download one list from a mock server together.

        It joins at the server, which numbers the clients, releases all of them when the last has joined, and says who is missing
        after --join-seconds. The list is dealt in turn: download i belongs to client i mod M. Give all clients the same options.
        Let each take a second or more: all must be at work at the same time for half of the makespan. When they have ended, audit
        judges the whole. The last three lines are the figures as crank reads them.

        Exit codes: 0 all well, 1 something failed (a download, a client that did not join, the connection to
        the server), 2 invalid arguments.
        """;

    private readonly LoadOptions _options = new();
    private readonly Option<int?> _joinSeconds = NumberOption.CreateInt(
        "--join-seconds", $"How long the server waits until all clients have joined (default {DefaultJoinSeconds}).", 1, 3_600);

    /// <summary>The command, to be added to the root.</summary>
    public Command Create()
    {
        var command = new Command("load", Help);
        foreach (var option in (Option[])[.. _options.All, _joinSeconds]) command.Add(option);
        command.SetAction(ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var plan = _options.GetPlan(result);
        using var control = new MockServerClient(_options.GetServer(result));
        var endpoints = control.GetEndpoints();
        var wholeCase = LoadRunExpectationFactory.CreateCase(plan, control.GetScenario());
        var joinSeconds = result.GetValue(_joinSeconds) ?? DefaultJoinSeconds;
        using var client = control.Join(new JoinRequest(plan, ClientMachine.Current, joinSeconds));
        Console.WriteLine($"Joined {control.Server.Authority} as client {client.Number} of {plan.Clients}.");
        using var share = new LoadShare(wholeCase, plan, client, endpoints);
        await client.WaitForReleaseAsync(cancellationToken);
        // Without the server the rest would only wait for its time limits.
        var lost = client.WaitForLossAsync(cancellationToken);
        var work = Task.Run(share.RunAsync, CancellationToken.None);
        if (await Task.WhenAny(work, lost) == lost) await lost;
        var claim = await work;
        client.End(claim.ToJson());
        return Report(claim, client.Number);
    }

    private static int Report(ClientIterationReport claim, int number)
    {
        Console.WriteLine($"Client {number}: downloaded {claim.Succeeded}, {claim.BytesRead} bytes, {claim.Failed} failed.");
        JobStatisticsWriter.Write(
        [
            new("load/downloads", "Downloads", JobOperation.Sum, claim.Succeeded),
            new("load/failed", "Failed downloads", JobOperation.Sum, claim.Failed),
            new("load/bytes", "Bytes of bodies", JobOperation.Sum, claim.BytesRead),
            new("load/cpu", "Processor time (ms)", JobOperation.Sum, Math.Round(claim.CpuMilliseconds ?? 0, 2)),
            new("load/allocated", "Allocated (bytes)", JobOperation.Sum, claim.AllocatedBytes ?? 0),
            new("load/memory", "Peak memory (bytes)", JobOperation.Max, claim.PeakMemoryBytes ?? 0),
            new("load/clients", "Clients", JobOperation.Sum, 1),
        ]);
        if (claim.Failed == 0) return ExitCode.Success;
        var reason = SingleLine.From(claim.Failures.MaxBy(failure => failure.Value).Key);
        JobStatisticsWriter.WriteErrors([$"Client {number}: {claim.Failed} downloads failed, as {reason}."]);
        return ExitCode.Failure;
    }
}
