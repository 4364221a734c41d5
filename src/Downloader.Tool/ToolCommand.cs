using System.CommandLine;
using System.CommandLine.Parsing;

namespace Downloader.Tool;

/// <summary>The command line: its options, their errors, and the run that they ask for.</summary>
internal sealed class ToolCommand
{
    private const long MaxListed = 10_000_000;
    private const int DefaultWorkers = 16;
    private static DownloadStrategy DefaultStrategy => DownloadSettings.DefaultStrategy;
    private const string Description = "Download URLs, many at once. Without --output the bodies are counted and discarded. "
        + "Exit code 0: all downloaded; 1: a download failed, or the output could not be written; 2: invalid arguments; 130: interrupted.";

    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    private readonly Argument<string[]> _urls = new("URL")
    {
        Description = "What to download, http or https.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _input = new("--input")
    {
        Description = "A file of URLs, one a line; - reads standard input. It is read while downloads run, so a pipe need not end. "
            + "Blank lines are skipped, and comments: # at the beginning of a line or behind white space.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _output = new("--output")
    {
        Description = "Save each body in this folder, under the last part of its URL's path. A file that is there is kept: the new one "
            + "gets a number. Default: bodies are not saved.",
        HelpName = "DIR",
    };
    private readonly Option<IReadOnlyDictionary<string, string>?> _headers = HeaderOption.Create();
    private readonly Option<int?> _workers =
        NumberOption.Create("--workers", $"The most downloads in flight at once (default {DefaultWorkers}).", 1, 10_000);
    private readonly Option<DownloadStrategy?> _strategy = new("--strategy")
    {
        Description = $"How to download (default {DefaultStrategy.Name}): {StrategyNames}.",
        HelpName = "NAME",
        CustomParser = ParseStrategy,
    };
    private readonly Option<int?> _retry = NumberOption.Create(
        "--retry",
        "How often a failed download is tried again, after 1, 2, 4 … seconds or as long as the server asks (default 0).",
        0,
        100);
    private readonly Option<double?> _rate = NumberOption.CreateRate(
        "--rate",
        "The most requests per second on average, of all downloads together, retries included; at most 2 % plus 1 more, rounded up, within "
            + "some second (default: no limit).",
        0.001,
        1_000_000);
    private readonly Option<double?> _timeout =
        NumberOption.CreateSeconds("--timeout", "Seconds that each download, or each try of it, may take (default 30).", 0.001, 86_400);
    private readonly Option<long?> _maxBytes =
        NumberOption.Create("--max-bytes", "The largest body allowed, in bytes (default 100000000).", 0, long.MaxValue);
    private readonly Option<int?> _repeat =
        NumberOption.Create("--repeat", "How many times to download the whole list (default 1).", 1, 1_000_000);
    private readonly Option<string?> _notDone = new("--not-done")
    {
        Description = "Where to list what was not done after Ctrl-C, to be given to --input again; empty when all was done. "
            + "Default: a new file in the folder for temporary files, which is named on the screen.",
        HelpName = "FILE",
    };

    private static string StrategyNames => string.Join(", ", StrategyCatalogue.All.Select(strategy => strategy.Name));

    /// <summary>Parses the arguments and downloads.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, ToolStreams streams)
    {
        try
        {
            var command = new ToolCommand().Create(streams);
            // A URL that begins with @ is no response file.
            var parsed = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors is [var error, ..]) throw new UsageException(error.Message);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = streams.Output,
                Error = streams.Error,
            });
        }
        catch (UsageException e)
        {
            TryPrintError(e.Message, streams);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryPrintError($"Output cannot be written: {PrintableText.Escape(e.Message)}", streams);
            return ExitCode.Failure;
        }
    }

    private static void TryPrintError(string line, ToolStreams streams)
    {
        try
        {
            streams.Error.WriteLine(line);
        }
        catch (IOException)
        {
            // Standard error cannot be written; the exit code is what is left.
        }
    }

    private RootCommand Create(ToolStreams streams)
    {
        var command = new RootCommand(Description)
        {
            _urls, _input, _output, _headers, _workers, _strategy, _retry, _rate, _timeout, _maxBytes, _repeat, _notDone,
        };
        command.Directives.Clear();
        _urls.Validators.Add(result =>
        {
            var option = result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-'));
            if (option is null) return;
            result.AddError($"{PrintableText.Escape(option.Value)}: is no option of downloader. See downloader --help.");
        });
        command.SetAction((result, _) => RunAsync(result, streams));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, ToolStreams streams)
    {
        var urls = result.GetValue(_urls) ?? [];
        var input = result.GetValue(_input);
        if (urls.Length == 0 && input is null) throw ToolRun.NoUrls();
        var repeat = result.GetValue(_repeat) ?? 1;
        var isTooMany = (long)urls.Length * repeat > MaxListed;
        if (isTooMany) throw new UsageException($"--repeat {repeat}: URLs times repetitions must be at most {MaxListed}.");

        using var source = new UrlSource(urls, input is null ? null : new UrlInput(input, streams.OpenInput), repeat);
        var output = result.GetValue(_output);
        var strategy = result.GetValue(_strategy) ?? DefaultStrategy;
        var workers = result.GetValue(_workers) ?? DefaultWorkers;
        var run = new ToolRun(source, strategy, CreateOptions(result, strategy.IsBounded ? workers : source.KnownCount))
        {
            Workers = workers,
            Folder = output is null ? null : new OutputFolder(output),
            NotDone = new NotDoneList(result.GetValue(_notDone)),
        };
        return await run.RunAsync(streams);
    }

    private DownloaderOptions CreateOptions(ParseResult result, long? inFlight)
    {
        var options = new DownloaderOptions();
        options.Timeout = TimeSpan.FromSeconds(result.GetValue(_timeout) ?? options.Timeout.TotalSeconds);
        options.MaxBytes = result.GetValue(_maxBytes) ?? options.MaxBytes;
        foreach (var (name, value) in result.GetValue(_headers) ?? NoHeaders) options.Headers[name] = value;
        options.RateLimit = result.GetValue(_rate);
        if (result.GetValue(_retry) is > 0 and var retries)
        {
            var resilience = new DownloadResilienceOptions { MaxRetryAttempts = retries };
            resilience.TotalTimeout = TotalTimeout.Get(resilience, options.Timeout, options.RateLimit, inFlight);
            options.Resilience = DownloadResilience.Create(resilience);
        }

        return options;
    }

    private static DownloadStrategy? ParseStrategy(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        var strategy = StrategyCatalogue.Find(name);
        if (strategy is null) result.AddError($"--strategy {PrintableText.Escape(name)}: must be one of {StrategyNames}.");
        return strategy;
    }
}
