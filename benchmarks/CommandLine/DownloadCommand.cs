using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>download</c>: the strategies on real URLs.</summary>
internal sealed class DownloadCommand
{
    private readonly Argument<string[]> _urls = new("URL") { Description = "What to download, http or https.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _input = new("--input") { Description = "A file of URLs, one a line; - reads standard input. Blank lines and lines that begin with # are passed over.", HelpName = "FILE" };
    private readonly Option<int?> _workers = NumberOption.One("--workers", "The most downloads in flight at once (default 16).", 1, 10_000);
    private readonly Option<int?> _repeat = NumberOption.One("--repeat", "Download the whole list this often (default 1).", 1, 1_000_000);
    private readonly Option<double?> _timeout = NumberOption.Seconds("--timeout", "Seconds each download may take (default 30).", 0.001, 86_400);
    private readonly Option<long?> _maxBytes = NumberOption.Large("--max-bytes", "The largest body taken, in bytes (default 100000000).", 0, long.MaxValue);
    private readonly Option<DownloadStrategy?> _strategy = new("--strategy")
    {
        Description = $"How to download (default WhenAll): {Names}.",
        HelpName = "NAME",
        CustomParser = ParseStrategy,
    };

    private static string Names => string.Join(", ", StrategyCatalogue.All.Select(strategy => strategy.Name));

    /// <summary>The command, to be added to the root.</summary>
    public Command Create()
    {
        var command = new Command("download", "Download URLs with one of the strategies; what is read is counted and thrown away. Exit code 0 all well, 1 a download failed, 2 the call was wrong, 130 interrupted.")
        {
            _urls, _strategy, _workers, _repeat, _input, _timeout, _maxBytes,
        };
        _urls.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } slip)
                result.AddError($"{slip.Value}: is no option of download. See download --help.");
        });
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult result, CancellationToken _)
    {
        string[] addresses = [.. result.GetValue(_urls) ?? [], .. ReadInput(result.GetValue(_input))];
        if (addresses.Length == 0) throw new UsageException("download: takes URLs, or --input with a file that holds some.");

        var strategy = result.GetValue(_strategy) ?? StrategyCatalogue.Find("WhenAll")!;
        var workers = result.GetValue(_workers) ?? 16;
        var repeat = result.GetValue(_repeat) ?? 1;
        var uris = addresses.Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null).ToList();
        var output = new DownloadOutput();
        for (var i = 0; i < addresses.Length; i++)
        {
            if (uris[i] is null) output.Invalid(addresses[i], repeat);
        }

        List<Uri> list = [.. Enumerable.Repeat(uris.OfType<Uri>(), repeat).SelectMany(uri => uri)];
        var services = new ServiceCollection();
        services.AddDownloader(options =>
        {
            options.MaxConnectionsPerServer = strategy.IsBounded ? workers : Math.Max(1, list.Count);
            options.Timeout = TimeSpan.FromSeconds(result.GetValue(_timeout) ?? options.Timeout.TotalSeconds);
            options.MaxBytes = result.GetValue(_maxBytes) ?? options.MaxBytes;
        });
        await using var provider = services.BuildServiceProvider();

        using var interrupt = new CtrlCHandler(alsoTerminate: true);
        var request = new DownloadRequest(list, workers, provider.GetRequiredService<IClientSource>()) { OnCompleted = (_, one) => output.Completed(one) };
        var watch = Stopwatch.StartNew();
        await strategy.RunAsync(request, interrupt.Token);
        output.Summary(watch.Elapsed, addresses.Length * repeat);
        return interrupt.Token.IsCancellationRequested ? ExitCode.Interrupted : output.Failed > 0 ? ExitCode.Failure : ExitCode.Success;
    }

    private static IEnumerable<string> ReadInput(string? input)
    {
        if (input is null) return [];
        try
        {
            var lines = input == "-" ? ReadLines(Console.In) : File.ReadLines(input);
            return [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--input {input}: takes a file that can be read, or - for standard input; {e.Message}");
        }
    }

    private static IEnumerable<string> ReadLines(TextReader reader)
    {
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static DownloadStrategy? ParseStrategy(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        var strategy = StrategyCatalogue.Find(name);
        if (strategy is null) result.AddError($"--strategy {name}: takes one of {Names}.");
        return strategy;
    }
}
