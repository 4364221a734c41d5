namespace Downloader;

/// <summary>A new limit.</summary>
/// <param name="Started">How many attempts had started by then: it holds for those that start later.</param>
/// <param name="Limit">How many attempts may be in flight.</param>
internal readonly record struct LimitChange(int Started, int Limit);
