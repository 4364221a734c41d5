namespace Downloader.MockServer.Client;

/// <summary>A client of a run, as the server knows it. Times are on the server's own monotonic clock, since its start.</summary>
/// <param name="Number">Its number, from 0, in the order of joining.</param>
/// <param name="Address">The address and port that it joined from, as the server sees them.</param>
/// <param name="IsOnServerMachine">Whether it joined by loopback, or from the address that it connected to.</param>
/// <param name="Machine">Where it says that it runs.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Joined">When it joined.</param>
/// <param name="Ended">When it had sent its claim, or was lost; null before.</param>
/// <param name="Claim">What it claims of its share, unchanged; null before it has ended.</param>
public sealed record LoadClient(
    int Number,
    string Address,
    bool IsOnServerMachine,
    ClientMachine Machine,
    LoadClientState State,
    TimeSpan Joined,
    TimeSpan? Ended,
    string? Claim)
{
    /// <summary>Number, machine and address, as a sentence names it: "client 1 (build2, 10.0.0.2:51234)".</summary>
    public string Name => $"client {Number} ({SingleLine.From(Machine.Name, 64)}, {Address})";
}
