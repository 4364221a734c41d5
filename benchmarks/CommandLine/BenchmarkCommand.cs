using System.CommandLine;
using System.CommandLine.Help;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>The command line: the benchmarks, and a command for each other use.</summary>
public static class BenchmarkCommand
{
    private const string Introduction = """
        Which concurrency pattern for N downloads, and how many workers? Measured against a mock server in a process of its own.

        Without arguments the main suite runs. The options from --latency on change each suite's own conditions.
        Options that are not listed here go to BenchmarkDotNet untouched, among them
          --filter '*WhenAll*'        cases by name, arguments included: '*WhenAll(workers: 5)'; '*' runs all suites
          --list flat                 the names of all benchmarks, without arguments
          --artifacts DIR             where the reports go (default ./BenchmarkDotNet.Artifacts)
          --iterationCount N          measured iterations of each process (default 1 to 5, by suite and case)
          --info                      machine and versions

        Suites, chosen with --filter '*.NAME.*':
        """;

    private const string DownloadHasMoved =
        "download: is a tool of its own, downloader: dotnet run -c Release --project src/Downloader.Tool -- URL [URL…]";

    private static string Description => string.Join('\n',
        SuiteCatalogue.Types.Select(type => $"  {type.Name,-18}{((Suite)Activator.CreateInstance(type)!).Question}").Prepend(Introduction));

    /// <summary>Parses the arguments and runs the command.</summary>
    /// <returns>The process's exit code: 0 all well, 1 something failed, 2 invalid arguments, 3 a regression, 130 interrupted.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new BenchmarkOptions();
        var root = new RootCommand(Description) { TreatUnmatchedTokensAsErrors = false };
        foreach (var option in options.All) root.Add(option);
        foreach (var command in CreateCommands()) root.Add(command);
        // -h is BenchmarkDotNet's (--hide).
        foreach (var help in root.Options.OfType<HelpOption>()) help.Aliases.Remove("-h");
        root.SetAction(result =>
            BenchmarkRun.Execute(options.GetSettings(result), result.UnmatchedTokens, result.GetValue(options.Verbose)));

        // An argument that begins with @ is a response file of BenchmarkDotNet's.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (args is ["download", ..]) throw new UsageException(DownloadHasMoved);
            // First: a misspelt option is often also one that is missing.
            if (parsed.Action is not HelpAction) UnknownOption.Reject(parsed);
            if (parsed.Errors is [var error, ..]) throw new UsageException(error.Message);
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e) when (e is UsageException or ScenarioException or InvalidRunException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is MeasurementException or MockServerControlException or PictureException or CalibrationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"A file cannot be read or written: {e.Message}");
            return ExitCode.Failure;
        }
    }

    /// <summary>The commands beside the benchmarks themselves.</summary>
    internal static Command[] CreateCommands() =>
    [
        ReportCommand.Create(),
        new CompareCommand().Create(),
        new CalibrateCommand().Create(),
        GateTrialCommand.Create(),
        DocsCommand.Create(),
        new LoadCommand().Create(),
        new AuditCommand().Create(),
    ];
}
