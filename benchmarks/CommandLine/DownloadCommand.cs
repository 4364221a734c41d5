using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>download</c>: the strategies on real URLs.</summary>
internal sealed class DownloadCommand
{
    private const int MaxDownloads = 10_000_000;
    private const string DefaultStrategy = "WorkerLoops";
    private const int DefaultWorkers = 16;
    private const string Description = "Download URLs with one of the strategies. The bodies are counted and discarded. "
        + "Exit code 0: all downloaded; 1: a download failed, or the output could not be written; 2: invalid arguments; 130: interrupted.";

    private readonly Argument<string[]> _urls = new("URL")
    {
        Description = "What to download, http or https.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _input = new("--input")
    {
        Description = "A file of URLs, one a line; - reads standard input. Blank lines and lines that begin with # are skipped.",
        HelpName = "FILE",
    };
    private readonly Option<DownloadStrategy?> _strategy = new("--strategy")
    {
        Description = $"How to download (default {DefaultStrategy}): {StrategyNames}.",
        HelpName = "NAME",
        CustomParser = ParseStrategy,
    };
    private readonly Option<int?> _workers =
        NumberOption.CreateInt("--workers", $"The most downloads in flight at once (default {DefaultWorkers}).", 1, 10_000);
    private readonly Option<int?> _repeat =
        NumberOption.CreateInt("--repeat", "How many times to download the whole list (default 1).", 1, 1_000_000);
    private readonly Option<double?> _timeout =
        NumberOption.CreateSeconds("--timeout", "Seconds that each download may take (default 30).", 0.001, 86_400);
    private readonly Option<long?> _maxBytes =
        NumberOption.CreateLong("--max-bytes", "The largest body allowed, in bytes (default 100000000).", 0, long.MaxValue);

    private static string StrategyNames => string.Join(", ", StrategyCatalogue.All.Select(strategy => strategy.Name));

    /// <summary>The command, to be added to the root.</summary>
    public Command Create()
    {
        var command = new Command("download", Description) { _urls, _strategy, _workers, _repeat, _input, _timeout, _maxBytes };
        _urls.Validators.Add(result =>
        {
            var option = result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-'));
            if (option is not null) result.AddError($"{option.Value}: is no option of download. See download --help.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken _)
    {
        var strategy = result.GetValue(_strategy) ?? StrategyCatalogue.Find(DefaultStrategy)!;
        var workers = result.GetValue(_workers) ?? DefaultWorkers;
        var list = ReadList(result);
        var urls = list.Where(url => url.Uri is not null).ToList();
        ResourceLimits.Check(strategy, workers, urls.Count);
        await using var services = CreateServices(result);

        using var output = new DownloadOutput();
        foreach (var url in list.Where(url => url.Error is not null)) output.PrintRefused(url);
        using var interrupt = new CtrlCHandler(alsoTerminate: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token, output.CannotWrite);
        var request = new DownloadRequest([.. urls.Select(url => url.Uri!)], workers, services.GetRequiredService<IClientSource>())
        {
            OnCompleted = (index, download) => output.PrintResult(urls[index], download),
        };
        var watch = Stopwatch.StartNew();
        await strategy.RunAsync(request, stop.Token);
        output.PrintSummary(watch.Elapsed, list.Count);

        if (output.WriteError is not null) return ExitCode.Failure;
        if (interrupt.Token.IsCancellationRequested) return ExitCode.Interrupted;
        return output.Failed > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private ServiceProvider CreateServices(ParseResult result)
    {
        var services = new ServiceCollection();
        services.AddDownloader(options =>
        {
            options.Timeout = TimeSpan.FromSeconds(result.GetValue(_timeout) ?? options.Timeout.TotalSeconds);
            options.MaxBytes = result.GetValue(_maxBytes) ?? options.MaxBytes;
        });
        return services.BuildServiceProvider();
    }

    private List<ListedUrl> ReadList(ParseResult result)
    {
        var given = (result.GetValue(_urls) ?? []).Concat(ReadInput(result.GetValue(_input)));
        var once = given.Take(MaxDownloads + 1).Select(ListedUrl.Create).ToList();
        if (once.Count == 0) throw new UsageException("download: must have URLs, or --input with a file that contains some.");

        var repeat = result.GetValue(_repeat) ?? 1;
        var isTooMany = (long)once.Count * repeat > MaxDownloads;
        if (isTooMany) throw new UsageException($"--repeat {repeat}: URLs times repetitions must be at most {MaxDownloads}.");
        return [.. Enumerable.Repeat(once, repeat).SelectMany(urls => urls)];
    }

    private static IEnumerable<string> ReadInput(string? input)
    {
        if (input is null) return [];
        try
        {
            using var reader = new StreamReader(input == "-" ? Console.OpenStandardInput() : File.OpenRead(input));
            return [.. UrlListReader.Read(reader).Take(MaxDownloads + 1)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--input {input}: must be a file that can be read, or - for standard input; {e.Message}");
        }
    }

    private static DownloadStrategy? ParseStrategy(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        var strategy = StrategyCatalogue.Find(name);
        if (strategy is null) result.AddError($"--strategy {name}: must be one of {StrategyNames}.");
        return strategy;
    }
}
