namespace Downloader;

/// <summary>A token that the caller or a timeout cancels. It belongs to one try of one download: a handler may keep the token that it was
/// given, so that it is not used again.</summary>
internal readonly struct DownloadTimeout : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    private DownloadTimeout(CancellationTokenSource source, CancellationToken caller)
    {
        _source = source;
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source);
    }

    /// <summary>Cancelled when the timeout has passed or the caller's token is cancelled.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Starts the timeout.</summary>
    /// <param name="timeout">More than zero, or infinite.</param>
    /// <param name="caller">The caller's token.</param>
    public static DownloadTimeout Start(TimeSpan timeout, CancellationToken caller) =>
        new(new CancellationTokenSource(timeout), caller);

    /// <summary>Stops the timeout.</summary>
    public void Dispose()
    {
        // Waits for a callback that is running; after it nothing else uses the source.
        _registration.Dispose();
        _source.Dispose();
    }
}
