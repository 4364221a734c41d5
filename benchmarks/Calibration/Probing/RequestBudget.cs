namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>How many requests a calibration may send. Thread-safe: the handler sends some of them again by itself.</summary>
/// <param name="max">The most.</param>
/// <param name="sent">How many were sent before.</param>
internal sealed class RequestBudget(int max, int sent = 0)
{
    private int _sent = sent;

    /// <summary>How many were sent.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>How many may still be sent.</summary>
    public int Left => max - Sent;

    /// <summary>Takes one.</summary>
    /// <returns>Whether it may be sent.</returns>
    public bool TryTake()
    {
        var seen = Sent;
        while (seen < max)
        {
            var before = Interlocked.CompareExchange(ref _sent, seen + 1, seen);
            if (before == seen) return true;
            seen = before;
        }

        return false;
    }
}
