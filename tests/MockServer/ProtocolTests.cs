using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

public sealed class ProtocolTests(MockServerFixture fixture) : IClassFixture<MockServerFixture>
{
    [Theory]
    [InlineData(WireProtocol.Http1)]
    [InlineData(WireProtocol.Http2)]
    [InlineData(WireProtocol.Https)]
    public async Task Every_protocol_gets_the_page_after_the_latency_and_is_audited_as_such(WireProtocol protocol)
    {
        var server = fixture.UseScenario("--latency 3 --connect-latency 4");
        using var client = CreateClient(server, protocol);
        Assert.Equal(276, (await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken)).Length);
        var request = Assert.Single(server.ReadRequests());
        Assert.Equal(protocol, request.Protocol);
        Assert.True(request.ServiceTime >= TimeSpan.FromMilliseconds(3));
        Assert.True(request.Connecting >= TimeSpan.FromMilliseconds(4));
    }

    [Fact]
    public async Task Http2_requests_share_a_connection()
    {
        var server = fixture.UseScenario("--latency 20");
        using var client = CreateClient(server, WireProtocol.Http2);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.GetByteArrayAsync("/dice")));
        Assert.Single(server.ReadRequests().Select(request => request.Connection).Distinct());
    }

    [Theory]
    [InlineData("reset", RequestOutcome.Reset)]
    [InlineData("empty", RequestOutcome.Empty)]
    [InlineData("cut-short", RequestOutcome.CutShort)]
    public async Task An_http2_fault_fails_its_request_and_leaves_the_connection(string fault, RequestOutcome outcome)
    {
        var server = fixture.UseScenario($"--latency 1 --fault-share 0.5 --faults {fault}");
        using var client = CreateClient(server, WireProtocol.Http2);
        var failed = 0;
        for (var i = 0; i < 10; i++)
        {
            try
            {
                await client.GetByteArrayAsync("/dice", TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException)
            {
                failed++;
            }
        }

        Assert.Equal(5, failed);
        Assert.Equal(5, server.ReadRequests().Count(request => request.Outcome == outcome));
        Assert.Single(server.ReadRequests().Select(request => request.Connection).Distinct());
    }

    [Fact]
    public async Task A_client_that_was_not_given_the_certificate_does_not_trust_it()
    {
        var server = fixture.UseScenario("--latency 0");
        using var client = new HttpClient { BaseAddress = server.Control.GetEndpoints().Https };
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/dice", TestContext.Current.CancellationToken));
        Assert.Equal(HttpRequestError.SecureConnectionError, error.HttpRequestError);
    }

    private static HttpClient CreateClient(MockServerFixture server, WireProtocol protocol)
    {
        var endpoints = server.Control.GetEndpoints();
        var trusted = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(endpoints.Certificate));
        return new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { trusted },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        })
        {
            BaseAddress = endpoints.For(protocol),
            DefaultRequestVersion = protocol == WireProtocol.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }
}
