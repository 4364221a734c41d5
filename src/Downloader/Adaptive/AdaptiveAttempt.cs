namespace Downloader;

/// <summary>An attempt that the controller has let start.</summary>
/// <param name="Number">Counts the starts, from 0.</param>
/// <param name="StartedAt">When.</param>
internal readonly record struct AdaptiveAttempt(long Number, TimeSpan StartedAt);
