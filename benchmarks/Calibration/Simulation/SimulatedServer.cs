namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>A server as the simulation of a makespan needs it. Times are in milliseconds.</summary>
internal sealed record SimulatedServer
{
    /// <summary>Service times, each equally likely; as a client sees them.</summary>
    public required double[] ServiceMs { get; init; }

    /// <summary>How long requests take by how many are in flight, where that makes a difference: <see cref="ServiceMs"/> is then what each
    /// takes as a multiple of the mean.</summary>
    public LoadCurve? Load { get; init; }

    /// <summary>Of a service time, what passes outside the server.</summary>
    public double OverheadMs { get; init; }

    /// <summary>What a new connection costs.</summary>
    public double ConnectMs { get; init; }

    /// <summary>How many requests are served at once; the others wait.</summary>
    public int? Capacity { get; init; }

    /// <summary>How many requests are at the server at once, those that wait included; the others are refused.</summary>
    public int? Limit { get; init; }

    /// <summary>How long a refusal asks to wait.</summary>
    public double? RetryAfterMs { get; init; }

    /// <summary>The share of requests that fail.</summary>
    public double FaultShare { get; init; }

    /// <summary>Of these, the share that lose their connection.</summary>
    public double LostConnectionShare { get; init; }

    /// <summary>The rate of the client, in requests per second.</summary>
    public double? PacePerSecond { get; init; }
}
