namespace Downloader;

/// <summary>Stands around each attempt of a download: says when it may start, and sees how it ended. Thread-safe.</summary>
internal abstract class AttemptGate
{
    /// <summary>Waits until an attempt may start; it must <see cref="End"/>.</summary>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public abstract ValueTask<AdaptiveAttempt> StartAsync(CancellationToken cancellationToken);

    /// <summary>Takes the end of an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="end">What it has shown.</param>
    public abstract void End(AdaptiveAttempt attempt, in AttemptEnd end);
}
