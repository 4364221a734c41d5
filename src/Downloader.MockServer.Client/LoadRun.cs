namespace Downloader.MockServer.Client;

/// <summary>A run of several clients, as the server knows it.</summary>
/// <param name="Plan">What its clients do.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Released">When all clients were released, on the server's clock; null before.</param>
/// <param name="Failure">Why it failed, in one line; null unless it did.</param>
/// <param name="Clients">The clients that have joined, by number.</param>
/// <param name="ServerMachine">Where the server runs.</param>
public sealed record LoadRun(
    LoadPlan Plan,
    LoadRunState State,
    TimeSpan? Released,
    string? Failure,
    IReadOnlyList<LoadClient> Clients,
    ClientMachine ServerMachine)
{
    /// <summary>What tells it from every other run.</summary>
    public string Id { get; init; } = "";

    /// <summary>How long ago it ended, when the server said this; null unless it has.</summary>
    public TimeSpan? EndedAgo { get; init; }

    /// <summary>Whether nothing of it will change any more.</summary>
    public bool IsOver => State is LoadRunState.Ended or LoadRunState.Failed;
}
