using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>One request of the waterfall.</summary>
/// <param name="Lane">From 0: the first lane free when it arrived.</param>
/// <param name="Start">Milliseconds since the iteration began.</param>
/// <param name="End">Milliseconds since the iteration began.</param>
/// <param name="Page">Which page.</param>
/// <param name="Outcome">What was done with it.</param>
public sealed record WaterfallBar(int Lane, double Start, double End, Page Page, RequestOutcome Outcome);
