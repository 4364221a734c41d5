using System.Net;
using System.Net.Sockets;
using System.Text;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class ControlAccessTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:80", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.9.9.9:1", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("192.0.2.1", 403)]
    [InlineData("a..b", 400)]
    [InlineData("a@localhost", 400)]
    [InlineData("-", 403)]
    [InlineData("localhost:99999", 400)]
    public void A_control_request_needs_a_Host_of_this_machine(string host, int status)
    {
        var server = fixture.UseScenario("--latency 0");
        var answer = Exchange(server.Address, $"GET /_control/endpoints HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/_control/scenario")]
    [InlineData("POST", "/_control/audit/begin")]
    [InlineData("POST", "/_control/run")]
    [InlineData("GET", "/_control/audit")]
    public async Task A_control_request_of_a_web_page_is_refused(string method, string path)
    {
        var server = fixture.UseScenario("--latency 7");
        foreach (var origin in new[] { "http://evil.example", "null", server.Address.GetLeftPart(UriPartial.Authority) })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Origin", origin } } };
            if (method == "PUT") request.Content = new StringContent("{}");
            using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(7), server.Control.GetScenario().Latency);
        Assert.Empty(server.Control.ReadAudit().Iterations);
    }

    [Fact]
    public void With_remote_control_any_address_and_the_machine_s_name_are_a_Host_but_no_foreign_name()
    {
        using var server = InProcessServer.Start(IPAddress.Loopback, remoteControl: true);
        (string Host, int Status)[] hosts = [("192.0.2.1", 200), (Environment.MachineName, 200), ("localhost", 200), ("evil.example", 403)];
        foreach (var (host, status) in hosts)
        {
            Assert.StartsWith(
                $"HTTP/1.1 {status} ",
                Exchange(server.Address, $"GET /_control/endpoints HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET /dice HTTP/1.1\r\nHost: a..b", "400")]
    [InlineData("GET /dice HTTP/1.1\r\nHost: a@b", "400")]
    [InlineData("GET /dice HTTP/1.1\r\nHost:", "400")]
    [InlineData("GET /dice HTTP/1.0", "400")]
    [InlineData("GET /dice HTTP/1.1\r\nHost: evil.example", "200")]
    [InlineData("GET /%zz HTTP/1.1\r\nHost: localhost", "404")]
    [InlineData("GET /dice?x=%ff%00 HTTP/1.1\r\nHost: localhost", "200")]
    [InlineData("GET /dice HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: 0", "200")]
    [InlineData("GET /dice HTTP/1.1\r\nHost: localhost\r\nCookie: =;;=\r\nAccept: ;q=x", "200")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: localhost", "404")]
    [InlineData("BREW /dice HTTP/1.1\r\nHost: localhost", "404")]
    public void A_malformed_page_request_never_gets_a_stack_trace(string request, string status)
    {
        var server = fixture.UseScenario("--latency 0");
        var answer = Exchange(server.Address, $"{request}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/_control/nothing", 404)]
    [InlineData("POST", "/_control/scenario", 405)]
    [InlineData("GET", "/_control/audit?from=x", 400)]
    [InlineData("GET", "/_control/audit?from=-1", 400)]
    public async Task An_unknown_control_request_is_refused(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await fixture.UseScenario("--latency 0").Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
    }

    private static string Exchange(Uri server, string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        socket.Connect(IPAddress.Loopback, server.Port);
        socket.Send(Encoding.Latin1.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (socket.Receive(buffer) is > 0 and var count) answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return answer.ToString();
    }
}
