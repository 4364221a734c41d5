namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>The robots.txt of a host, as RFC 9309 wants it read.</summary>
/// <param name="Rules">What it allows.</param>
/// <param name="Requests">How many requests it took.</param>
/// <param name="Note">What came of it, a sentence.</param>
/// <param name="Version">The version of HTTP in which it came.</param>
internal sealed record RobotsFile(RobotsRules Rules, int Requests, string Note, Version Version)
{
    private const int MaxTries = 3;
    private const int MaxRedirects = 5;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>Reads it.</summary>
    /// <exception cref="CalibrationException">It could not be read: then nothing may be requested.</exception>
    public static async Task<RobotsFile> FetchAsync(ProbeOptions options, ProbeClock clock, CancellationToken cancellationToken)
    {
        // Over TLS the server is offered both versions, to see which it has.
        var budget = new RequestBudget(options.MaxRequests);
        using var client = new ProbeClient(options, clock, budget)
        {
            NegotiatesVersion = options.Target.IsHttps && !options.UsesHttp2,
            MaxTextBytes = RobotsRules.MaxBytes,
        };
        var uri = new Uri(options.Target.Origin, "/robots.txt");
        var timeout = options.RequestTimeout < options.MaxTime ? options.RequestTimeout : options.MaxTime;
        var (redirects, failures) = (0, 0);
        while (true)
        {
            budget.TryTake();
            var answer = await client.GetAsync(uri, timeout, cancellationToken);
            if (answer.RedirectTarget is { } target)
            {
                uri = Follow(uri, target, ++redirects);
                continue;
            }

            if (IsAnswered(answer.Request)) return Create(answer, budget.Sent);
            if (++failures == MaxTries || budget.Left == 0 || !MaySucceedSoon(answer))
            {
                throw new CalibrationException(
                    $"{Print(uri)}: cannot be read ({answer.Problem}), and without it nothing may be requested (RFC 9309).");
            }

            await Task.Delay(RetryDelay, cancellationToken);
        }
    }

    /// <summary>Rejects what the file does not allow.</summary>
    /// <exception cref="CalibrationException">It is one of the URLs.</exception>
    public void RejectForbidden(ProbeTarget target)
    {
        var forbidden = target.Uris.FirstOrDefault(uri => !Rules.Allows(uri.PathAndQuery));
        if (forbidden is null) return;
        throw new CalibrationException(
            $"{Print(forbidden)}: {target.PrintableOrigin}robots.txt does not allow {ProbeUserAgent.ProductToken} to request it.");
    }

    /// <summary>The file, or the answer that there is none for us.</summary>
    private static bool IsAnswered(ObservedRequest request) => request.Outcome == ObservedOutcome.Succeeded
        || (request.Outcome == ObservedOutcome.Failed && request.Status is >= 300 and < 500);

    private static bool MaySucceedSoon(ProbeAnswer answer)
    {
        var isConnected = answer.Request.NewConnection is null or { Tcp: not null };
        return isConnected && answer.Request.Outcome != ObservedOutcome.TimedOut && !(answer.Wait > RetryDelay);
    }

    private static RobotsFile Create(ProbeAnswer answer, int requests)
    {
        var hasFile = answer.Request.Outcome == ObservedOutcome.Succeeded;
        var rules = hasFile ? RobotsRules.Parse(answer.Text, ProbeUserAgent.ProductToken) : RobotsRules.AllowAll;
        var note = hasFile ? "robots.txt allows these URLs." : $"robots.txt is not there ({answer.Problem}), so everything is allowed.";
        return new RobotsFile(rules, requests, note, answer.Version!);
    }

    private static Uri Follow(Uri from, string target, int redirects)
    {
        var isSame = Uri.TryCreate(target, UriKind.Absolute, out var to) && ProbeTarget.IsSameOrigin(from, to) && redirects <= MaxRedirects;
        return isSame ? to! : throw new CalibrationException($"{Print(from)}: answers with a redirect to {target}: calibrate that server.");
    }

    /// <summary>The text of a Uri itself has characters unescaped that change how a line looks.</summary>
    private static string Print(Uri uri) => PrintableText.FromUrl(uri.AbsoluteUri);
}
