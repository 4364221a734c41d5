using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Import;
using Downloader.Benchmarks.Calibration.Probing;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>calibrate</c>: learns how a real server behaves, from few requests or from a file, and says what follows from it.</summary>
internal sealed class CalibrateCommand
{
    private const int DefaultDownloads = 500;

    private const string Help = """
        Learn how a server behaves from few requests, write it as a scenario, recommend how many workers to use, and predict how long
        downloads take.

        calibrate URL [URL…] [--out FILE] [--run]
          Sends GET requests to a server: one worker first, then more, until a limit shows. It obeys robots.txt, stops climbing at the
          first 429, 503 or timeout, and waits as the server asks. Ctrl-C writes what was learnt so far.

        calibrate --har FILE  |  calibrate --log FILE
          The same from a HAR file of a browser, or from the access log of a server, without a request.

        calibrate --check FILE --downloads 200 --workers 16 URL [URL…]
          Downloads from the server, and holds the time against what the scenario in FILE predicts: within its interval or outside.

        Exit codes: 0 all well, 1 something failed, 2 invalid arguments, 130 interrupted.
        """;

    private readonly Argument<string[]> _urls = new("URL")
    {
        Description = "What to request, http or https; all of one server.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _out = CreateFile(
        "--out", "Where the scenario goes (default: named after the host); the report beside it.");
    private readonly Option<int?> _downloads = NumberOption.CreateInt(
        "--downloads", $"Downloads whose time is predicted, or measured by --check (default {DefaultDownloads}).", 1, 1_000_000);
    private readonly Option<int[]?> _workers = NumberOption.CreateIntList(
        "--workers",
        "Worker counts for which the time is predicted, beside the recommended one; with --check the one that is used.",
        1,
        10_000);
    private readonly Option<int?> _maxRequests = NumberOption.CreateInt(
        "--max-requests", "The most requests, robots.txt included (default 300).", 20, 100_000);
    private readonly Option<int?> _maxWorkers = NumberOption.CreateInt(
        "--max-workers", "The most requests in flight at once (default 32).", 1, 1_000);
    private readonly Option<int?> _maxSeconds = NumberOption.CreateInt(
        "--max-seconds", "The most seconds that it takes, without the waits that the server asks for (default 60).", 1, 3_600);
    private readonly Option<string?> _protocol = new("--protocol")
    {
        Description = "http1, the default, which downloader speaks; or http2: in clear text with prior knowledge, over TLS by negotiation.",
        HelpName = "NAME",
    };
    private readonly Option<string?> _caCert = CreateFile(
        "--cacert", "Certificates (PEM) that are trusted beside those of the system, for a server with a certificate of its own.");
    private readonly Option<string?> _mayLoad = new("--i-may-load-this-host")
    {
        Description = "The host of the URLs, where it is not this machine: you say that you may send it these requests.",
        HelpName = "HOST",
    };
    private readonly Option<IReadOnlyDictionary<string, string>?> _headers = HeaderOption.Create();
    private readonly Option<string?> _har = CreateFile("--har", "Read this HAR file instead of sending requests.");
    private readonly Option<string?> _log = CreateFile("--log", "Read this access log (nginx, Apache) instead of sending requests.");
    private readonly Option<string?> _logFormat = new("--log-format")
    {
        Description = "The format of the log, as the server's configuration has it.",
        HelpName = "FORMAT",
    };
    private readonly Option<string?> _pictures = new("--pictures")
    {
        Description = "Also write the report's charts as SVG, light and dark, into this folder. It takes Chromium.",
        HelpName = "DIR",
    };
    private readonly Option<bool> _run = new("--run")
    {
        Description = "Then run the strategies that people choose among against the replay of this server.",
    };
    private readonly Option<string?> _check = CreateFile("--check", "Hold the prediction of this scenario against the server.");

    /// <summary>The command, to be added to the root.</summary>
    public Command Create()
    {
        Option[] options =
        [
            _out, _downloads, _workers, _maxRequests, _maxWorkers, _maxSeconds, _protocol, _caCert, _mayLoad, _headers, _har, _log,
            _logFormat, _pictures, _run, _check,
        ];
        var command = new Command("calibrate", Help) { _urls };
        foreach (var option in options) command.Add(option);
        _urls.Validators.Add(result =>
        {
            var option = result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-'));
            if (option is null) return;
            result.AddError($"{PrintableText.Escape(option.Value)}: is no option of calibrate. See calibrate --help.");
        });
        command.SetAction((result, _) => ExecuteAsync(result));
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult result)
    {
        RejectContradictions(result);
        if (result.GetValue(_check) is { } file) return await CheckAsync(result, file);
        var request = new CalibrationRequest
        {
            Out = result.GetValue(_out),
            Downloads = result.GetValue(_downloads) ?? DefaultDownloads,
            Workers = result.GetValue(_workers) ?? [],
            Pictures = result.GetValue(_pictures),
            Runs = result.GetValue(_run),
        };
        if (result.GetValue(_har) is { } har) return request.Import(HarImporter.Read(har));
        if (result.GetValue(_log) is { } log) return request.Import(AccessLogImporter.Read(log, result.GetValue(_logFormat)));
        var options = GetProbeOptions(result);
        LoadPermission.Check(options, result.GetValue(_mayLoad), FormattableString.Invariant(
            $"at most {options.MaxRequests} requests, at most {options.MaxWorkers} of them at once"));
        return await request.RunAsync(options);
    }

    private async Task<int> CheckAsync(ParseResult result, string file)
    {
        var workers = result.GetValue(_workers);
        if (workers is { Length: > 1 })
            throw new UsageException($"--workers {string.Join(',', workers)}: must be one number with --check.");
        var check = new PredictionCheck(file, GetProbeOptions(result))
        {
            Downloads = result.GetValue(_downloads) ?? DefaultDownloads,
            Workers = workers is [var one] ? one : null,
        };
        LoadPermission.Check(check.Options, result.GetValue(_mayLoad), check.Describe());
        return await check.RunAsync();
    }

    private void RejectContradictions(ParseResult result)
    {
        var sources = new List<string>();
        foreach (var option in (Option<string?>[])[_har, _log, _check])
        {
            if (result.GetValue(option) is { } value) sources.Add($"{option.Name} {PrintableText.Escape(value)}");
        }

        RejectUnused(result);
        if (sources.Count > 1) throw new UsageException($"{sources[0]}: cannot be given together with {sources[1]}.");
        var hasUrls = result.GetValue(_urls) is { Length: > 0 };
        var needsUrls = sources.Count == 0 || result.GetValue(_check) is not null;
        if (needsUrls && !hasUrls)
            throw new UsageException("calibrate: must have URLs, or --har or --log with a file. See calibrate --help.");
        if (!needsUrls && hasUrls) throw new UsageException($"{sources[0]}: takes no URL, since no request is sent.");
        var format = result.GetValue(_logFormat);
        if (format is not null && result.GetValue(_log) is null)
            throw new UsageException($"--log-format {PrintableText.Escape(format)}: needs --log with a file.");
    }

    /// <summary>Rejects options that the chosen way would ignore.</summary>
    private void RejectUnused(ParseResult result)
    {
        Option[] limits = [_maxRequests, _maxWorkers, _maxSeconds];
        Option[] outputs = [_out, _pictures, _run];
        Option[] requests = [_protocol, _caCert, _mayLoad, _headers];
        var (way, unused) = result switch
        {
            _ when result.GetValue(_check) is not null => ("--check", limits.Concat(outputs)),
            _ when result.GetValue(_har) is not null => ("--har", limits.Concat(requests)),
            _ when result.GetValue(_log) is not null => ("--log", limits.Concat(requests)),
            _ => ("", []),
        };
        var given = unused.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
        if (given is not null) throw new UsageException($"{given.Name}: has no effect with {way}; leave it out.");
        if (result.GetResult(_out) is { Implicit: false } && string.IsNullOrWhiteSpace(result.GetValue(_out)))
            throw new UsageException("--out: must be the name of a file, as my-server.json.");
    }

    private ProbeOptions GetProbeOptions(ParseResult result)
    {
        var protocol = result.GetValue(_protocol);
        if (protocol is not (null or "http1" or "http2"))
            throw new UsageException($"--protocol {PrintableText.Escape(protocol)}: must be http1 or http2.");
        var options = new ProbeOptions(GetTarget(result.GetValue(_urls)!)) { UsesHttp2 = protocol == "http2" };
        return options with
        {
            MaxRequests = result.GetValue(_maxRequests) ?? options.MaxRequests,
            MaxWorkers = result.GetValue(_maxWorkers) ?? options.MaxWorkers,
            MaxTime = result.GetValue(_maxSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.MaxTime,
            Headers = result.GetValue(_headers) ?? options.Headers,
            TrustedCertificates = result.GetValue(_caCert) is { } path ? ReadCertificates(path) : [],
        };
    }

    private static ProbeTarget GetTarget(string[] urls)
    {
        try
        {
            return ProbeTarget.Parse(urls);
        }
        catch (CalibrationException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static X509Certificate2Collection ReadCertificates(string path)
    {
        var certificates = new X509Certificate2Collection();
        var shown = PrintableText.Escape(path);
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UsageException($"--cacert {shown}: cannot be read: {PrintableText.Escape(e.Message)}");
        }

        return certificates.Count > 0 ? certificates : throw new UsageException($"--cacert {shown}: must have certificates in PEM.");
    }

    private static Option<string?> CreateFile(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE" };
}
