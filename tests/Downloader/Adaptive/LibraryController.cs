namespace Downloader.Tests.Library.Adaptive;

/// <summary>The controller of the library.</summary>
internal sealed class LibraryController(int ceiling) : IController
{
    public AdaptiveController Inner { get; } = new(ceiling);

    public bool TryStart(TimeSpan now, out AdaptiveAttempt attempt, out TimeSpan? wait) => Inner.TryStart(now, out attempt, out wait);

    public void OnEnded(AdaptiveAttempt attempt, in AttemptEnd end, TimeSpan now) => Inner.OnEnded(attempt, end, now);
}
