namespace Downloader.MockServer.Client;

/// <summary>What each <see cref="RequestOutcome"/> means for the client: a new outcome is added to these lists.</summary>
public static class RequestOutcomes
{
    /// <summary>Whether a fault of the scenario, or of the server itself, ended the request.</summary>
    public static bool IsFault(this RequestOutcome outcome) =>
        outcome is RequestOutcome.Reset or RequestOutcome.Empty or RequestOutcome.CutShort or RequestOutcome.ServerError;

    /// <summary>Whether the server refused the request because of a limit.</summary>
    public static bool IsRefusal(this RequestOutcome outcome) => outcome is RequestOutcome.Refused or RequestOutcome.RateLimited;

    /// <summary>Whether a client that retries sends the request again. After an empty answer SocketsHttpHandler has done so
    /// itself.</summary>
    public static bool IsRetried(this RequestOutcome outcome) =>
        outcome.IsRefusal() || (outcome.IsFault() && outcome != RequestOutcome.Empty);

    /// <summary>Whether the connection ended with the request (over HTTP/2 only the stream does).</summary>
    public static bool EndsConnection(this RequestOutcome outcome) =>
        outcome is RequestOutcome.Reset or RequestOutcome.Empty or RequestOutcome.CutShort or RequestOutcome.Abandoned;
}
