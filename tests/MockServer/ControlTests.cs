using System.Net;
using System.Net.Sockets;
using System.Text;
using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class ControlTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Fact]
    public async Task The_scenario_changes_while_the_server_runs()
    {
        var server = fixture.UseScenario("--latency 0");
        var scenario = new Scenario { Latency = TimeSpan.FromMilliseconds(2), JythonBytes = 0, DiceBytes = 1_000_000, Seed = 4 };
        server.Control.SetScenario(scenario);
        Assert.Equal(scenario, server.Control.GetScenario());
        Assert.Empty(await server.Http.GetByteArrayAsync("/jython", TestContext.Current.CancellationToken));
        Assert.Equal(1_000_000, (await server.Http.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken)).Length);
        Assert.All(server.ReadRequests(), request => Assert.Equal(scenario.Latency, request.Latency));
    }

    /// <remarks>The second request waits for the first, so that the scenario changes between its arrival and its page.</remarks>
    [Fact]
    public async Task A_request_gets_the_page_of_the_scenario_it_arrived_under()
    {
        var server = fixture.UseScenario("--latency 500 --capacity 1 --payload 100,100");
        var pages = Enumerable.Range(0, 2)
            .Select(_ => server.Http.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken)).ToList();
        await Eventually.Is(2, () => server.Control.ReadAudit().InFlight);
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero, DiceBytes = 200 });

        Assert.All(await Task.WhenAll(pages), page => Assert.Equal(100, page.Length));
        Assert.Equal(200, (await server.Http.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public void The_longest_connect_latency_leaves_the_client_time_for_its_request()
    {
        var longest = new Scenario { ConnectLatency = MockServerClient.Timeout / 3 };
        longest.Validate();
        Assert.Throws<ScenarioException>((longest with { ConnectLatency = longest.ConnectLatency + TimeSpan.FromTicks(1) }).Validate);
    }

    /// <remarks>This process makes the pages too: they depend on nothing but their size.</remarks>
    [Fact]
    public async Task The_pages_are_the_same_bytes_in_every_process()
    {
        var server = fixture.UseScenario("--latency 0");
        var pages = new Pages(new Scenario(), previous: null);
        (string Path, Page Page, int Size)[] expected =
            [("/jython", Page.Jython, 10_966), ("/dice", Page.Dice, 276), ("/large", Page.Large, 1_000_000)];
        foreach (var (path, page, size) in expected)
        {
            var body = await server.Http.GetByteArrayAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(size, body.Length);
            Assert.Equal(pages.GetBody(page), body);
            Assert.True(System.Text.Ascii.IsValid(body));
        }
    }

    [Theory]
    [InlineData("{\"FaultShare\": 2}", "--fault-share 2: must be a number between 0 and 1")]
    [InlineData("{\"Latncy\": \"00:00:01\"}", "Latncy")]
    [InlineData("null", "a scenario is a JSON object")]
    [InlineData("{", "depth")]
    public async Task An_invalid_scenario_is_refused_with_one_line_and_changes_nothing(string json, string expected)
    {
        var server = fixture.UseScenario("--latency 1");
        var before = server.Control.GetScenario();
        using var body = new StringContent(json);
        using var response = await server.Http.PutAsync("/_control/scenario", body, TestContext.Current.CancellationToken);
        var error = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(before, server.Control.GetScenario());
    }

    [Fact]
    public async Task A_body_longer_than_any_scenario_is_refused()
    {
        var server = fixture.UseScenario("--latency 1");
        // The client sends the body only when the server asks for it: a refusal is read before the connection is closed.
        using var handler = new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(5) };
        using var client = new HttpClient(handler) { DefaultRequestHeaders = { ExpectContinue = true } };
        using var body = new StringContent(new string(' ', 1_000_000));
        var scenario = new Uri(server.Address, "/_control/scenario");
        using var response = await client.PutAsync(scenario, body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Single((await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim().Split('\n'));
    }

    [Fact]
    public void The_client_does_not_send_an_invalid_scenario()
    {
        using var lab = new MockServerClient(new Uri("http://127.0.0.1:1"));
        var error = Assert.Throws<ScenarioException>(() => lab.SetScenario(new Scenario { Queue = 3 }));
        Assert.Equal("--queue 3: needs --capacity; without it no request waits", error.Message);
    }

    [Fact]
    public void Where_no_server_is_listening_the_error_says_so_in_a_line_without_the_password()
    {
        using var lab = new MockServerClient(new Uri("http://user:secret@127.0.0.1:1"));
        Assert.Equal("http://127.0.0.1:1/: no server is listening.", Assert.Throws<MockServerControlException>(lab.ResetAudit).Message);
    }

    [Fact]
    public void A_server_bound_to_another_address_is_controlled_from_its_own_machine()
    {
        var address = Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork).FirstOrDefault(a => !IPAddress.IsLoopback(a));
        Assert.SkipWhen(address is null, "This machine has no address but loopback.");
        using var server = InProcessServer.Start(address!);
        using var control = new MockServerClient(server.Address);
        Assert.Equal(address!.ToString(), server.Address.Host);
        Assert.Equal(address.ToString(), control.GetEndpoints().Https.Host);
    }

    [Fact]
    public void Another_machine_controls_no_server_by_default()
    {
        using var server = InProcessServer.Start(IPAddress.Any);
        Assert.StartsWith("HTTP/1.1 403 ", ControlFromAnotherAddress(server.Address), StringComparison.Ordinal);
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public void Another_machine_controls_a_server_that_was_started_with_remote_control()
    {
        using var server = MockServerFixture.Start("--bind", "0.0.0.0", "--remote-control");
        Assert.StartsWith("HTTP/1.1 200 ", ControlFromAnotherAddress(server.Address), StringComparison.Ordinal);
    }

    /// <summary>Sends a control request. A connection from one address of this machine to another looks to the server as one from another
    /// machine.</summary>
    private static string ControlFromAnotherAddress(Uri server)
    {
        var address = Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork).FirstOrDefault(a => !IPAddress.IsLoopback(a));
        Assert.SkipWhen(address is null || !OperatingSystem.IsLinux(), "Takes Linux and an address other than loopback.");
        Assert.Equal("127.0.0.1", server.Host);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        socket.Bind(new IPEndPoint(address!, 0));
        socket.Connect(IPAddress.Loopback, server.Port);
        socket.Send(Encoding.ASCII.GetBytes("GET /_control/scenario HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        var answer = new byte[100];
        return Encoding.ASCII.GetString(answer, 0, socket.Receive(answer));
    }
}
