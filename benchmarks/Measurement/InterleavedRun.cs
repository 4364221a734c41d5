namespace Downloader.Benchmarks.Measurement;

/// <summary>Two runs whose rounds alternate A B B A, so that a machine that gets slower for some minutes slows both alike.</summary>
/// <param name="first">The one that runs first in the first round.</param>
/// <param name="second">The other one.</param>
internal sealed class InterleavedRun(InterleavedSide first, InterleavedSide second)
{
    /// <summary>Lets both build, then lets their rounds alternate until both have ended.</summary>
    /// <param name="onBuilding">Called before a side builds.</param>
    /// <param name="onRoundEnded">Called after each round of a side.</param>
    /// <param name="cancellationToken">Ends both.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; both have ended.</exception>
    public async Task RunAsync(
        Action<InterleavedSide> onBuilding, Action<InterleavedSide> onRoundEnded, CancellationToken cancellationToken)
    {
        try
        {
            // One after the other: two builds at once would take as long.
            foreach (var side in (InterleavedSide[])[first, second])
            {
                onBuilding(side);
                await side.StartAsync(cancellationToken);
                if (!side.IsWaiting) return;
            }

            for (var isFirstLast = false; first.IsWaiting || second.IsWaiting; isFirstLast = !isFirstLast)
            {
                foreach (var side in isFirstLast ? (InterleavedSide[])[second, first] : [first, second])
                {
                    if (!side.IsWaiting) continue;
                    await side.RunRoundAsync(cancellationToken);
                    onRoundEnded(side);
                }

                // Of a side that failed the other's rounds have nothing to be compared with.
                if (first.ExitCode is not (null or 0) || second.ExitCode is not (null or 0)) return;
            }
        }
        finally
        {
            first.End();
            second.End();
        }
    }
}
