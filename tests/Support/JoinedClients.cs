using Downloader.MockServer.Client;

namespace Downloader.Tests.Support;

/// <summary>Clients of this process that join a run of several; at its end the server is free for the next test.</summary>
internal sealed class JoinedClients(Uri server) : IDisposable
{
    private readonly MockServerClient _control = new(server);
    private readonly List<(MockServerClient Control, JoinedClient Client)> _clients = [];

    /// <summary>Joins as a client that says it is on this machine.</summary>
    public JoinedClient Join(LoadPlan plan, int joinSeconds = 600) => Join(plan, ClientMachine.Current, joinSeconds);

    /// <summary>Joins as a client that says it is on that machine.</summary>
    public JoinedClient Join(LoadPlan plan, ClientMachine machine, int joinSeconds = 600)
    {
        var control = new MockServerClient(server);
        try
        {
            var client = control.Join(new JoinRequest(plan, machine, joinSeconds));
            _clients.Add((control, client));
            return client;
        }
        catch (MockServerControlException)
        {
            control.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var (control, client) in _clients)
        {
            client.Dispose();
            control.Dispose();
        }

        // The server sees the ends of the connections a moment later.
        Eventually.Is(true, () => _control.GetLoadRun() is null or { IsOver: true }).GetAwaiter().GetResult();
        _control.CloseLoadRun();
        _control.Dispose();
    }
}
