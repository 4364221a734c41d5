using System.Net;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Watches a server: sends it few requests, and notes how it answers.</summary>
/// <param name="options">What may be sent.</param>
/// <param name="progress">Told of each answer; null for nobody.</param>
public sealed class Prober(ProbeOptions options, IProgress<ProbeProgress>? progress = null)
{
    private const int FewestRequests = 20;

    /// <summary>Sends the requests.</summary>
    /// <param name="cancellationToken">Ends it early: what was seen until then is the result.</param>
    /// <exception cref="CalibrationException">robots.txt does not allow it, or what the server answers is of no use.</exception>
    /// <exception cref="OperationCanceledException">It was ended before a first request.</exception>
    public async Task<Observations> RunAsync(CancellationToken cancellationToken)
    {
        var clock = new ProbeClock();
        var robots = await RobotsFile.FetchAsync(options, clock, cancellationToken);
        robots.RejectForbidden(options.Target);
        RejectLongPause(robots.Rules.CrawlDelay);
        var wait = robots.Rules.CrawlDelay > options.PauseAfterRobots ? robots.Rules.CrawlDelay.Value : options.PauseAfterRobots;
        var pause = Task.Delay(wait, cancellationToken);
        await LoopbackWarmUp.RunAsync(cancellationToken);
        await pause;
        clock.Waited += wait;

        using var loop = new ProbeLoop(options, clock, robots.Requests, progress, cancellationToken);
        var schedule = new ProbeSchedule(options, loop);
        await schedule.RunAsync(robots.Rules.CrawlDelay);
        if (loop.Seen.Count == 0 && !cancellationToken.IsCancellationRequested)
        {
            throw new CalibrationException(FormattableString.Invariant(
                $"{PrintableText.FromUrl(options.Target.Uris[0].AbsoluteUri)}: no answer within {options.MaxTime.TotalSeconds:0.#} s."));
        }

        if (loop.RefusalOfAll is { } refusal && !cancellationToken.IsCancellationRequested)
            throw new CalibrationException($"{refusal} {loop.EndReason}".TrimEnd());

        var requests = loop.Seen.OrderBy(request => request.Sent).ToList();
        var paths = GetPaths(options.Target.Uris);
        return new Observations(requests, [.. paths.Select((path, index) => GetPage(path, index, requests))])
        {
            Source = options.Target.Source,
            Kind = CalibrationSource.Live,
            Date = DateOnly.FromDateTime(DateTime.Now),
            Protocol = Protocol,
            Notes = [robots.Note, .. DescribeVersions(robots.Version), .. schedule.Notes],
            MaxWorkers = schedule.MaxWorkers,
            StoppedAt = schedule.StoppedAt,
            CrawlDelay = robots.Rules.CrawlDelay,
            IsHttp10 = robots.Version == HttpVersion.Version10,
        };
    }

    /// <summary>Asks robots.txt whether the URLs may be requested.</summary>
    /// <param name="options">The URLs.</param>
    /// <param name="rate">How many requests start per second, at most; null for no limit.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CalibrationException">They may not.</exception>
    public static async Task EnsureAllowedAsync(ProbeOptions options, double? rate, CancellationToken cancellationToken)
    {
        var robots = await RobotsFile.FetchAsync(options, new ProbeClock(), cancellationToken);
        robots.RejectForbidden(options.Target);
        const double Tolerance = 1.001;
        if (robots.Rules.CrawlDelay is not { } delay || rate <= Tolerance / delay.TotalSeconds) return;
        throw new CalibrationException($"{options.Target.PrintableOrigin}robots.txt: asks for a pause between requests (Crawl-delay).");
    }

    private WireProtocol Protocol => (options.UsesHttp2, options.Target.IsHttps) switch
    {
        (true, _) => WireProtocol.Http2,
        (_, true) => WireProtocol.Https,
        _ => WireProtocol.Http1,
    };

    private void RejectLongPause(TimeSpan? crawlDelay)
    {
        if (crawlDelay is not { } pause || options.MaxTime / pause >= FewestRequests) return;
        throw new CalibrationException(FormattableString.Invariant(
            $"{options.Target.PrintableOrigin}robots.txt: asks for {pause.TotalSeconds:0.###} s between two requests (Crawl-delay), ")
            + FormattableString.Invariant($"so that {FewestRequests} requests take more than {options.MaxTime.TotalSeconds:0.#} s."));
    }

    private IEnumerable<string> DescribeVersions(Version seen)
    {
        if (options.UsesHttp2) return options.Target.IsHttps ? ["HTTP/2 over TLS was measured; its replay has HTTP/2 in clear text."] : [];
        if (!options.Target.IsHttps) return [];
        return seen.Major >= 2
            ? ["The server offers HTTP/2, too; HTTP/1.1 was measured, which downloader speaks (--protocol http2 measures HTTP/2)."]
            : ["The server offers HTTP/1.1, and not HTTP/2."];
    }

    /// <summary>Without the queries, which often hold keys: the files of a calibration are meant to be shared. Of equal paths the second
    /// and later ones get a number.</summary>
    private static List<string> GetPaths(IReadOnlyList<Uri> uris)
    {
        var paths = new List<string>();
        foreach (var path in uris.Select(uri => uri.AbsolutePath))
        {
            var equal = paths.Count(other => other == path || other.StartsWith($"{path}~", StringComparison.Ordinal));
            paths.Add(equal == 0 ? path : $"{path}~{equal + 1}");
        }

        return paths;
    }

    private static ObservedPage GetPage(string path, int index, List<ObservedRequest> requests)
    {
        var sizes = requests.Where(one => one.Page == index && one.Outcome == ObservedOutcome.Succeeded)
            .Select(one => one.BodyBytes).Order().ToList();
        return new ObservedPage(path, sizes.Count == 0 ? 0 : sizes[sizes.Count / 2]);
    }
}
