namespace Downloader.Tests.Library.Adaptive;

/// <summary>What decides when a simulated client starts an attempt.</summary>
internal interface IController
{
    bool TryStart(TimeSpan now, out AdaptiveAttempt attempt, out TimeSpan? wait);

    void OnEnded(AdaptiveAttempt attempt, in AttemptEnd end, TimeSpan now);
}
