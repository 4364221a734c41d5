namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>A server in virtual time, written apart from the code under test. Times are in milliseconds.</summary>
internal sealed record FitServer
{
    /// <summary>Draws how long a request is served.</summary>
    public required Func<Random, double> Service { get; init; }

    /// <summary>How many are served at once; null for no limit.</summary>
    public int? Capacity { get; init; }

    /// <summary>How many wait; null for no limit.</summary>
    public int? Queue { get; init; }

    /// <summary>Creates what decides by the time of arrival whether a request is accepted.</summary>
    public Func<Func<double, bool>>? Limiter { get; init; }

    /// <summary>The outcome of a request that the limiter does not accept.</summary>
    public int LimiterStatus { get; init; } = 429;

    /// <summary>How many times longer requests take while so many are served; null where they do not slow each other.</summary>
    public Func<int, double>? Slowdown { get; init; }

    /// <summary>What each new connection costs.</summary>
    public double ConnectMs { get; init; }

    /// <summary>The share of requests that fail.</summary>
    public double FaultShare { get; init; }

    /// <summary>At most so many within any time.</summary>
    public static Func<Func<double, bool>> Window(int number, double seconds) => () =>
    {
        var accepted = new Queue<double>();
        return now =>
        {
            while (accepted.TryPeek(out var oldest) && now - oldest >= seconds * 1000) accepted.Dequeue();
            if (accepted.Count >= number) return false;
            accepted.Enqueue(now);
            return true;
        };
    };

    /// <summary>A bucket of tokens that is full at first.</summary>
    public static Func<Func<double, bool>> Bucket(int size, double perSecond) => () =>
    {
        var (tokens, before) = ((double)size, 0.0);
        return now =>
        {
            tokens = Math.Min(size, tokens + ((now - before) * perSecond / 1000));
            before = now;
            if (tokens < 1) return false;
            tokens--;
            return true;
        };
    };

    /// <summary>Always the same time.</summary>
    public static Func<Random, double> Constant(double ms) => _ => ms;

    /// <summary>Uniform around a time.</summary>
    public static Func<Random, double> Jitter(double ms, double jitter) => random => ms + (jitter * ((2 * random.NextDouble()) - 1));

    /// <summary>Log-normal with this median and coefficient of variation.</summary>
    public static Func<Random, double> LogNormal(double median, double variation)
    {
        var sigma = Math.Sqrt(Math.Log(1 + (variation * variation)));
        return random => median * Math.Exp(sigma * Normal(random));
    }

    /// <summary>One time or, with this share, another, each with a little jitter.</summary>
    public static Func<Random, double> TwoModes(double ms, double other, double share) => random =>
        (random.NextDouble() < share ? other : ms) * (0.95 + (0.1 * random.NextDouble()));

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
