namespace Downloader;

/// <summary>What was decided in a run about the attempts in flight, for those who check that it was kept to. It counts attempts and knows
/// no time, so that it can be compared with the log of a server. To be read after the run; each run begins it again.</summary>
internal sealed class LimitLog
{
    private readonly List<LimitChange> _changes = [];

    /// <summary>How many attempts have started.</summary>
    public int Started { get; private set; }

    /// <summary>How many of them were refused.</summary>
    public int Refusals { get; private set; }

    /// <summary>The limits from the first refusal on, in order, at most one for each start. Before it the ceiling alone held.</summary>
    public IReadOnlyList<LimitChange> Changes => _changes;

    /// <summary>Forgets an earlier run.</summary>
    public void Clear()
    {
        Started = 0;
        Refusals = 0;
        _changes.Clear();
    }

    /// <summary>Takes the end of an attempt.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="started">How many attempts have started so far.</param>
    /// <param name="limit">How many may be in flight from now on.</param>
    public void OnEnded(AttemptOutcome outcome, int started, int limit)
    {
        Started = started;
        if (outcome is AttemptOutcome.Refused) Refusals++;
        if (Refusals == 0 || (_changes.Count > 0 && _changes[^1].Limit == limit)) return;
        // No attempt has started under the one before.
        if (_changes.Count > 0 && _changes[^1].Started == started) _changes.RemoveAt(_changes.Count - 1);
        _changes.Add(new LimitChange(started, limit));
    }
}
