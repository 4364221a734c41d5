using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>What the server must see of a run of several clients.</summary>
/// <param name="Whole">Of all clients together.</param>
/// <param name="Shares">Of each client, by number.</param>
/// <param name="Plan">What the clients must have joined with.</param>
public sealed record LoadRunExpectation(Expectation Whole, IReadOnlyList<Expectation> Shares, LoadPlan Plan);
