namespace Downloader.MockServer.Client;

/// <summary>What a client says when it joins.</summary>
/// <param name="Plan">What it is going to do; all clients of a run have the same.</param>
/// <param name="Machine">Where it runs.</param>
/// <param name="JoinSeconds">How long the server waits for the other clients, 1 to 3,600; the first client's counts.</param>
public sealed record JoinRequest(LoadPlan Plan, ClientMachine Machine, int JoinSeconds);
