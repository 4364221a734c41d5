using MemoryPack;

namespace Downloader.MockServer.Client;

/// <summary>An iteration as the client announced it, on the server's clock.</summary>
/// <param name="Began">When the client announced its begin.</param>
/// <param name="Ended">When the client announced its end; null while it has not.</param>
/// <param name="ClientReport">What the client reported about it, unchanged; null for nothing.</param>
[MemoryPackable]
public sealed partial record IterationInterval(TimeSpan Began, TimeSpan? Ended, string? ClientReport = null);
