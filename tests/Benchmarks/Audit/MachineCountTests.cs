using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Audit;

public sealed class MachineCountTests
{
    private const string Server = "boot-server";

    [Fact]
    public void Machines_with_an_id_and_an_address_of_their_own_are_counted() => Assert.Equal(
        new MachineCount(3, IncludesServer: false),
        Count(Client("10.0.0.1:1", "a"), Client("10.0.0.2:1", "b"), Client("10.0.0.3:1", "c"), Client("10.0.0.3:2", "c")));

    [Fact]
    public void Network_namespaces_of_one_machine_are_one_by_its_id() => Assert.Equal(
        new MachineCount(1, IncludesServer: true),
        Count(Client("10.0.1.2:1", Server), Client("10.0.2.2:1", Server), Client("10.0.3.2:1", Server)));

    [Fact]
    public void Processes_that_say_they_are_on_different_machines_are_one_by_their_address() => Assert.Equal(
        new MachineCount(1, IncludesServer: false),
        Count(Client("10.0.0.1:1", "a"), Client("10.0.0.1:2", "b"), Client("10.0.0.1:3", "c")));

    [Fact]
    public void A_client_by_loopback_is_on_the_server_s_machine_whatever_it_says() => Assert.Equal(
        new MachineCount(2, IncludesServer: true),
        Count(Client("127.0.0.1:1", "a", isOnServerMachine: true), Client("10.0.0.2:1", Server), Client("10.0.0.3:1", "c")));

    [Fact]
    public void An_id_and_an_address_chain_clients_together() => Assert.Equal(
        new MachineCount(1, IncludesServer: false),
        Count(Client("10.0.0.1:1", "a"), Client("10.0.0.2:1", "b"), Client("10.0.0.2:2", "a")));

    private static (string Address, string Id, bool IsOnServerMachine) Client(string address, string id, bool isOnServerMachine = false) =>
        (address, id, isOnServerMachine);

    private static MachineCount Count(params (string Address, string Id, bool IsOnServerMachine)[] clients) => MachineCount.Of(new LoadRun(
        new LoadPlan(clients.Length, 1, clients.Length, "WorkerLoops", 0),
        LoadRunState.Ended,
        TimeSpan.Zero,
        Failure: null,
        [.. clients.Select((client, number) => new LoadClient(number, client.Address, client.IsOnServerMachine,
            new ClientMachine("same name", client.Id, 2), LoadClientState.Ended, TimeSpan.Zero, TimeSpan.Zero, "{}"))],
        new ClientMachine("server", Server, 2)));
}
