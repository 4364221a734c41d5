namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>What a status says of the server.</summary>
internal static class ImportedOutcome
{
    /// <summary>What notes say of a status that <see cref="FromStatus"/> has no outcome for.</summary>
    public const string NeitherNor = "neither a download nor a fault of the server (3xx, 4xx)";

    /// <summary>How a request ended; null for a status that is neither a download nor the server's fault: a redirection, 304, 404, or 499,
    /// with which nginx logs that the client hung up.</summary>
    public static ObservedOutcome? FromStatus(int status) => status switch
    {
        >= 200 and < 300 => ObservedOutcome.Succeeded,
        429 => ObservedOutcome.RateLimited,
        503 => ObservedOutcome.Refused,
        >= 500 and < 600 => ObservedOutcome.Failed,
        _ => null,
    };
}
