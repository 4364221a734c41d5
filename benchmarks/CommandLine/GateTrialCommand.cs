using System.CommandLine;
using System.Globalization;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>gate-trial</c>, which the experiments use: how often the gate raises an alarm in comparisons that are drawn from many
/// rounds. It prints markdown.</summary>
internal static class GateTrialCommand
{
    private const int Draws = 10_000;
    private const int Seed = 1;

    /// <summary>The command, to be added to the root; the help does not list it.</summary>
    public static Command Create()
    {
        var first = new Argument<string>("BASE") { Description = "report.json of the base." };
        var second = new Argument<string>("CANDIDATE") { Description = "report.json of the candidate, whose rounds alternated with it." };
        var gate = PercentOption.Create("--gate", "The slowdown that must be found (default 10%).", 1, 100);
        var rounds = NumberOption.CreateInt("--rounds", "Rounds of each drawn comparison (default 10).", 2, 100);
        var relabel = new Option<bool>("--relabel") { Description = "Base and candidate change places at random: for runs of one code." };
        var command = new Command("gate-trial", "How often the gate raises an alarm in comparisons drawn from many rounds.")
        {
            first, second, gate, rounds, relabel,
        };
        command.Hidden = true;
        command.SetAction(result => Execute(
            result.GetValue(first)!,
            result.GetValue(second)!,
            result.GetValue(gate) ?? 0.1,
            result.GetValue(rounds) ?? 10,
            result.GetValue(relabel)));
        return command;
    }

    private static void Execute(string first, string second, double gate, int rounds, bool isRelabelled)
    {
        var bank = RunComparison.Create(Read(first), Read(second), isPaired: true, gate);
        var trial = new GateTrial(bank);
        if (trial.BankRounds < rounds)
            throw new UsageException($"--rounds {rounds}: must be at most the {trial.BankRounds} rounds that all cases of the runs have.");
        Console.Write(Format(bank, trial, trial.Run(Draws, rounds, isRelabelled, Seed), rounds));
    }

    private static ComparedRun Read(string file) => new(file, RunResultFile.Read(Path.GetFullPath(file)));

    private static string Format(RunComparison bank, GateTrial trial, GateTrialResult result, int rounds)
    {
        var lines = bank.Cases.Select((one, index) => string.Create(CultureInfo.InvariantCulture,
            $"| {one.Name} | {Difference(one.Time)} | {one.Time?.Ratio.ProcessDeviation * 100:0.0} % | {Difference(one.Allocations)} | "
            + $"{result.TimeAlarmShares[index] * 100:0.00} % | {result.AllocationAlarmShares[index] * 100:0.00} % |\n"));
        return $"{Draws} comparisons of {rounds} rounds drawn from {trial.BankRounds}, gate {ReportFormat.Percent(bank.Gate!.Value)}: "
            + string.Create(CultureInfo.InvariantCulture, $"**{result.AlarmShare * 100:0.00} % raise an alarm.**\n\n")
            + "| case | makespan, all rounds | process deviation | allocations, all rounds | alarms, makespan | alarms, allocations |\n"
            + "|---|--:|--:|--:|--:|--:|\n"
            + string.Concat(lines) + "\n";
    }

    private static string Difference(ComparedFigure? figure) => figure is null ? "not compared" : ComparisonText.Difference(figure.Ratio);
}
