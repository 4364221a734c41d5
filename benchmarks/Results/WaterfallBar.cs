using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>One request of the waterfall.</summary>
/// <param name="Lane">From 0: the first lane that was free when it arrived.</param>
/// <param name="StartMs">When it arrived, since the first arrival of the iteration.</param>
/// <param name="EndMs">When it was completed, on the same clock.</param>
/// <param name="Page">Which page.</param>
/// <param name="Outcome">What the server did with it.</param>
public sealed record WaterfallBar(int Lane, double StartMs, double EndMs, Page Page, RequestOutcome Outcome);
