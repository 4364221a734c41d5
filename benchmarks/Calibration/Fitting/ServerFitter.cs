namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>Finds the server that explains what was seen.</summary>
public static class ServerFitter
{
    /// <summary>The share of requests that a client with several connections loses where the server ends each of them after a response,
    /// without saying so, as HTTP/1.0 has it.</summary>
    /// <remarks><see cref="SocketsHttpHandler"/> keeps such a connection for the next request unless its end has arrived by then. A
    /// request that meets four of them fails. Of 7,400 downloads from <c>python3 -m http.server</c> with two workers 7 did. The
    /// calibration sees none of it: each of its workers has one connection.</remarks>
    public const double LostOverHttp10 = 0.001;

    private const int MinSamples = 10;
    private const int MaxRequests = 5_000;

    /// <summary>The server that explains these requests.</summary>
    /// <param name="observations">What was seen.</param>
    /// <exception cref="CalibrationException">Too few requests succeeded.</exception>
    public static ServerFit Fit(Observations observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var succeeded = observations.Requests.Where(request => request.Outcome == ObservedOutcome.Succeeded).ToList();
        if (succeeded.Count < MinSamples)
        {
            throw new CalibrationException(
                $"{observations.Source}: {succeeded.Count} requests succeeded; at least {MinSamples} are needed.");
        }

        if (!observations.HasPreciseTimes) return FitDurations(observations);
        var onOpenConnections = succeeded.Count(request => request.NewConnection is null);
        if (onOpenConnections >= MinSamples) return FitAll(observations);
        var requests = observations.Requests.Select(request => request with { NewConnection = null });
        var fit = FitAll(observations with { Requests = [.. requests] });
        fit = fit with { Limits = [.. fit.Limits, "The server closes its connections: a new one is part of the time of each request."] };
        return observations.IsHttp10 ? WithLostRequests(fit) : fit;
    }

    private static ServerFit WithLostRequests(ServerFit fit) => fit with
    {
        LostRequestShare = LostOverHttp10,
        Limits =
        [
            .. fit.Limits,
            "The server speaks HTTP/1.0: about one request of a thousand is lost on a connection that has ended, and tried again a second "
                + "later.",
        ],
    };

    private static ServerFit FitAll(Observations observations)
    {
        var requests = observations.Requests;
        var roundTripMs = GetMedianMs(requests, timing => timing.Tcp) ?? 0;
        var connect = new Interval(ConnectionCost.GetRoughMs(requests), 0, 0);
        var all = FitRequest.Create(observations, connect.Value);
        var limit = LimitFit.Fit(all);
        var (queue, load) = FitQueue(all, limit, roundTripMs);
        var connectFit = FitConnection(all, connect.Value, queue);
        if (connectFit is not null)
        {
            // What a connection costs, and what waits, depend on each other: once more with what is known now.
            all = FitRequest.Create(observations, connectFit.Value);
            limit = LimitFit.Fit(all);
            (queue, load) = FitQueue(all, limit, roundTripMs);
            connectFit = FitConnection(all, connectFit.Value, queue);
        }

        var accepted = all.Where(request => request.IsAccepted).ToArray();
        var fit = Describe(observations, queue.Samples) with
        {
            ConnectLatencyMs = connectFit,
            OverheadMs = queue.OverheadMs,
            LatencyByWorkers = load,
        };
        fit = AddLimit(fit, limit, queue, QueueReplay.GetMaxInFlight(accepted));
        return fit with { Limits = [.. FitCaveats.Describe(fit, observations)] };
    }

    /// <summary>From durations alone.</summary>
    private static ServerFit FitDurations(Observations observations)
    {
        var samples = observations.Requests
            .Where(request => request.Outcome == ObservedOutcome.Succeeded)
            .Select(request => request.Duration.TotalMilliseconds)
            .ToArray();
        var fit = Describe(observations, samples);
        return fit with { Limits = [.. FitCaveats.Describe(fit, observations)] };
    }

    private static (QueueFit Queue, IReadOnlyList<LevelLatency> Load) FitQueue(FitRequest[] all, LimitFit? limit, double roundTripMs)
    {
        var accepted = all.Where(request => request.IsAccepted).ToArray();
        if (limit?.Rate is not null) return (QueueFit.WithoutLimit(accepted), []);
        // Of a long log the last part: each number of places is tried on each request.
        if (accepted.Length > MaxRequests) accepted = accepted[^MaxRequests..];
        var queue = QueueFit.Fit(accepted, roundTripMs);
        if (limit is not null) return (queue, []);
        var load = LoadFit.Fit(accepted, queue.Capacity);
        return load.Count == 0 ? (queue, load) : (QueueFit.WithoutLimit(accepted), load);
    }

    private static Interval? FitConnection(FitRequest[] all, double connectMs, QueueFit queue)
    {
        var accepted = all.Where(request => request.IsAccepted).ToArray();
        var capacity = queue.Capacity is null ? (int?)null : (int)queue.Capacity.Value;
        return ConnectionCost.Fit(accepted, connectMs, capacity, queue.Samples);
    }

    private static ServerFit Describe(Observations observations, double[] samples)
    {
        var requests = observations.Requests;
        var failed = requests.Where(request => request.Outcome is ObservedOutcome.Failed or ObservedOutcome.TimedOut).ToList();
        var answered = requests.Count(request => request.Outcome is not (ObservedOutcome.Refused or ObservedOutcome.RateLimited));
        var variation = ServiceTimes.GetVariation(samples);
        return new ServerFit
        {
            Latency = ServiceTimes.GetQuantiles(samples),
            LatencySamples = samples.Length,
            MeanLatencyMs = ServiceTimes.GetMean(samples),
            CoefficientOfVariation = variation,
            VariationInterval = ServiceTimes.GetVariationInterval(samples),
            RequestsForFivePercent = ServiceTimes.GetRequestsForFivePercent(variation),
            DnsMs = GetMedianMs(requests, timing => timing.Dns),
            TcpMs = GetMedianMs(requests, timing => timing.Tcp),
            TlsMs = GetMedianMs(requests, timing => timing.Tls),
            DnsInterval = OrderStatistics.GetMedian(GetTimes(requests, timing => timing.Dns)),
            TcpInterval = OrderStatistics.GetMedian(GetTimes(requests, timing => timing.Tcp)),
            TlsInterval = OrderStatistics.GetMedian(GetTimes(requests, timing => timing.Tls)),
            Mechanism = Mechanism.None,
            StoppedAt = observations.StoppedAt,
            CrawlDelay = observations.CrawlDelay,
            RetryAfter = GetRetryAfter(requests),
            FaultShare = ServiceTimes.GetShare(failed.Count, answered),
            LostConnectionShare = failed.Count == 0 ? 0 : (double)failed.Count(request => request.Status is not >= 300) / failed.Count,
            Pages = observations.Pages,
            Protocol = observations.Protocol,
            Levels = LevelSummary.Create(observations),
        };
    }

    private static ServerFit AddLimit(ServerFit fit, LimitFit? limit, QueueFit queue, int maxInFlight)
    {
        if (limit?.Rate is { } rate)
        {
            return fit with { Mechanism = Mechanism.Rate, RateLimitPerSecond = rate.PerSecond, RateBurst = rate.Burst };
        }

        var most = limit?.Refusal?.Limit;
        if (queue.Capacity is { } capacity)
        {
            var waiting = (int)((most?.Value ?? maxInFlight) - capacity.Value);
            return fit with
            {
                Mechanism = Mechanism.Queue,
                Capacity = capacity,
                Queue = Math.Max(0, waiting),
                QueueIsLowerBound = most is null,
            };
        }

        return most is null ? fit : fit with { Mechanism = Mechanism.Refusal, Capacity = most, Queue = 0 };
    }

    /// <summary>The longest wait that most of the refusals asked for: what the server has set, where the rest of a window counts
    /// down.</summary>
    private static TimeSpan? GetRetryAfter(IReadOnlyList<ObservedRequest> requests)
    {
        var waits = requests.Where(request => request.RetryAfter is not null && request.Outcome != ObservedOutcome.Succeeded)
            .Select(request => request.RetryAfter!.Value).Order().ToList();
        return waits.Count == 0 ? null : waits[waits.Count / 2];
    }

    private static double? GetMedianMs(IReadOnlyList<ObservedRequest> requests, Func<ConnectionTiming, TimeSpan?> part)
    {
        var times = GetTimes(requests, part);
        return times.Count == 0 ? null : times[times.Count / 2];
    }

    /// <summary>The times of a part of the connections, in milliseconds and rising order.</summary>
    private static List<double> GetTimes(IReadOnlyList<ObservedRequest> requests, Func<ConnectionTiming, TimeSpan?> part) =>
    [
        .. requests.Where(request => request.NewConnection is not null)
            .Select(request => part(request.NewConnection!)?.TotalMilliseconds)
            .OfType<double>().Order(),
    ];
}
