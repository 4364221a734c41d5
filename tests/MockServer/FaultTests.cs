using System.Net;
using System.Net.Sockets;
using System.Text;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class FaultTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    private static readonly byte[] DiceRequest = Encoding.ASCII.GetBytes("GET /dice HTTP/1.1\r\nHost: localhost\r\n\r\n");

    [Fact]
    public void A_reset_comes_instead_of_an_answer()
    {
        var server = fixture.UseScenario("--latency 1 --fault-share 1 --faults reset");
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => ReadAnswer(server)).SocketErrorCode);
        Assert.Equal(RequestOutcome.Reset, Assert.Single(server.ReadRequests()).Outcome);
    }

    [Fact]
    public void An_empty_answer_is_a_closed_connection()
    {
        var server = fixture.UseScenario("--latency 1 --fault-share 1 --faults empty");
        Assert.Equal("", ReadAnswer(server));
        Assert.Equal(RequestOutcome.Empty, Assert.Single(server.ReadRequests()).Outcome);
    }

    [Fact]
    public void A_body_cut_short_ends_in_the_middle_of_what_was_announced()
    {
        var server = fixture.UseScenario("--latency 1 --fault-share 1 --faults cut-short");
        var answer = ReadAnswer(server);
        Assert.Contains("Content-Length: 276\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(138, answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Length);
        Assert.Equal(RequestOutcome.CutShort, Assert.Single(server.ReadRequests()).Outcome);
    }

    [Fact]
    public async Task A_server_error_has_status_500()
    {
        var server = fixture.UseScenario("--latency 1 --fault-share 1 --faults server-error");
        Assert.Equal([HttpStatusCode.InternalServerError], await server.SendRequests("/dice", 1));
        Assert.Equal(RequestOutcome.ServerError, Assert.Single(server.ReadRequests()).Outcome);
    }

    [Fact]
    public async Task The_audit_sees_exactly_the_share_and_the_same_requests_each_time()
    {
        var server = fixture.UseScenario("--latency 0 --fault-share 0.05 --faults server-error,cut-short");
        for (var iteration = 0; iteration < 2; iteration++)
        {
            server.Control.BeginIteration();
            await server.SendRequests("/dice", 200, atOnce: 8);
            server.Control.EndIteration();
        }

        List<(int, RequestOutcome)> Faulty(int iteration) =>
            [.. server.ReadRequests().Where(request => request.Iteration == iteration && request.Outcome != RequestOutcome.Served)
                .Select(request => (request.Sequence, request.Outcome)).Order()];
        Assert.Equal(10, Faulty(0).Count);
        Assert.Equal(5, Faulty(0).Count(fault => fault.Item2 == RequestOutcome.ServerError));
        Assert.Equal(Faulty(0), Faulty(1));
    }

    private static string ReadAnswer(MockServerFixture server)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        socket.Connect(IPAddress.Loopback, server.Address.Port);
        socket.Send(DiceRequest);
        var answer = new StringBuilder();
        var buffer = new byte[1024];
        while (socket.Receive(buffer) is > 0 and var count) answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return answer.ToString();
    }
}
