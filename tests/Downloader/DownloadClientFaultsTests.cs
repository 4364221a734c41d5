using System.Net;
using System.Net.Sockets;
using static Downloader.Tests.Library.ServerBehavior;

namespace Downloader.Tests.Library;

/// <summary>One download against a server that misbehaves, blocking and not.</summary>
public sealed class DownloadClientFaultsTests : IDisposable
{
    private readonly HostileServer _server = new();

    public static TheoryData<bool> Blocking => [true, false];

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_status_is_reported_with_its_phrase(bool blocking)
    {
        var result = await DownloadRunner.GetAsync(_server.Url(NotFound), new DownloaderOptions(), blocking);

        Assert.Equal("404 Not Found", result.Failure?.Message);
        Assert.Equal(HttpStatusCode.NotFound, result.Failure?.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Redirects_are_followed_ten_times(bool blocking)
    {
        var followed = await DownloadRunner.GetAsync(_server.Url(ServerBehavior.Redirect), new DownloaderOptions(), blocking);
        var loop = await DownloadRunner.GetAsync(_server.Url(RedirectLoop), new DownloaderOptions(), blocking);

        Assert.True(followed.Succeeded);
        Assert.Equal(HostileServer.GoodBytes, followed.BytesRead);
        Assert.Equal("302 Found, a redirect that was not followed: it comes after 10 others", loop.Failure?.Message);
        Assert.Equal(11, _server.CountRequests(_server.Url(RedirectLoop)));
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_body_as_long_as_the_limit_succeeds_and_one_byte_more_fails(bool blocking)
    {
        var options = new DownloaderOptions { MaxBytes = HostileServer.GoodBytes };

        Assert.Null(await ReasonAsync(Good));
        Assert.Null(await ReasonAsync(GoodChunked));
        options.MaxBytes--;
        Assert.Equal(FailureReason.BodyTooLong, await ReasonAsync(Good));
        Assert.Equal(FailureReason.BodyTooLong, await ReasonAsync(GoodChunked));

        async Task<FailureReason?> ReasonAsync(ServerBehavior behavior) =>
            (await DownloadRunner.GetAsync(_server.Url(behavior), options, blocking)).Failure?.Reason;
    }

    [Theory]
    [InlineData(Huge, true)]
    [InlineData(Huge, false)]
    [InlineData(Endless, true)]
    [InlineData(Endless, false)]
    [InlineData(EndlessError, true)]
    [InlineData(EndlessError, false)]
    public async Task The_connection_of_a_body_that_is_too_long_is_closed(ServerBehavior behavior, bool blocking)
    {
        var options = new DownloaderOptions { MaxBytes = 50_000 };
        using var client = new DownloadClient(DownloadHandlerFactory.Create(options), options);

        var result = await DownloadRunner.GetAsync(client, _server.Url(behavior), blocking);

        Assert.InRange(result.BytesRead, 0, 200_000);
        await _server.WaitUntilAsync(server => server.Open == 0, "the connection closed while its client still lives");
    }

    [Theory]
    [InlineData(Silent, true)]
    [InlineData(Silent, false)]
    [InlineData(Stalled, true)]
    [InlineData(Stalled, false)]
    [InlineData(Endless, true)]
    [InlineData(Endless, false)]
    public async Task The_timeout_covers_headers_and_body(ServerBehavior behavior, bool blocking)
    {
        var options = new DownloaderOptions { Timeout = TimeSpan.FromMilliseconds(300), MaxBytes = long.MaxValue };

        var result = await DownloadRunner.GetAsync(_server.Url(behavior), options, blocking);

        Assert.Equal(FailureReason.Timeout, result.Failure?.Reason);
        Assert.True(result.Elapsed >= options.Timeout - TimeSpan.FromMilliseconds(20), $"{result.Elapsed}");
        await _server.WaitUntilAsync(server => server.Open == 0, "its connection closed");
    }

    [Theory]
    [InlineData(Silent, true)]
    [InlineData(Silent, false)]
    [InlineData(Stalled, true)]
    [InlineData(Stalled, false)]
    public async Task Cancellation_stops_headers_and_body(ServerBehavior behavior, bool blocking)
    {
        using var cancellation = new CancellationTokenSource();

        var options = new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) };
        var download = DownloadRunner.GetAsync(_server.Url(behavior), options, blocking, cancellation.Token);
        await _server.WaitUntilAsync(server => !server.Requests.IsEmpty, "the request");
        await cancellation.CancelAsync();

        Assert.Equal(FailureReason.Cancelled, (await download).Failure?.Reason);
        await _server.WaitUntilAsync(server => server.Open == 0, "its connection closed");
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_client_goes_on_after_timeouts(bool blocking)
    {
        var options = new DownloaderOptions { Timeout = TimeSpan.FromMilliseconds(200) };
        using var client = new DownloadClient(DownloadHandlerFactory.Create(options), options);
        for (var i = 0; i < 3; i++)
            Assert.Equal(FailureReason.Timeout, (await DownloadRunner.GetAsync(client, _server.Url(Stalled), blocking)).Failure?.Reason);

        options.Timeout = TimeSpan.FromMinutes(1);
        for (var i = 0; i < 20; i++)
            Assert.Null((await DownloadRunner.GetAsync(_server.Url(Good), options, blocking)).Failure);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_port_without_a_server_is_refused(bool blocking)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound but not listening: no other process can take the port meanwhile.
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var uri = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/");

        var result = await DownloadRunner.GetAsync(uri, new DownloaderOptions(), blocking);

        Assert.Equal(new DownloadFailure(FailureReason.ConnectionRefused, "Connection refused"), result.Failure);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task An_unknown_host_is_a_name_that_was_not_resolved(bool blocking)
    {
        var result = await DownloadRunner.GetAsync(new Uri("http://nobody.invalid/"), new DownloaderOptions(), blocking);

        Assert.Equal(FailureReason.NameNotResolved, result.Failure?.Reason);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_server_without_TLS_fails_the_handshake(bool blocking)
    {
        var uri = new UriBuilder(_server.Url(Good)) { Scheme = "https" }.Uri;

        var result = await DownloadRunner.GetAsync(uri, new DownloaderOptions(), blocking);

        Assert.Equal(FailureReason.SecureConnection, result.Failure?.Reason);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", true)]
    [InlineData("file:///etc/hostname", false)]
    [InlineData("relative/path", true)]
    [InlineData("relative/path", false)]
    public async Task Only_absolute_http_and_https_URIs_are_requested(string uri, bool blocking)
    {
        var result = await DownloadRunner.GetAsync(new Uri(uri, UriKind.RelativeOrAbsolute), new DownloaderOptions(), blocking);

        Assert.Equal(FailureReason.UnsupportedScheme, result.Failure?.Reason);
    }

    [Fact]
    public async Task Blocking_over_HTTP_2_fails_with_a_reason_that_names_it()
    {
        var options = new DownloaderOptions { HttpVersion = HttpVersion.Version20 };

        var result = await DownloadRunner.GetAsync(_server.Url(Good), options, blocking: true);

        Assert.Equal(FailureReason.Other, result.Failure?.Reason);
        Assert.Contains("HTTP/2", result.Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task The_handler_repeats_a_request_whose_connection_ends_without_a_byte_but_not_after_a_reset(bool blocking)
    {
        // Known behaviour of SocketsHttpHandler, which no setting turns off: the server sees more requests than downloads.
        await DownloadRunner.GetAsync(_server.Url(Empty), new DownloaderOptions(), blocking);
        await DownloadRunner.GetAsync(_server.Url(Reset), new DownloaderOptions(), blocking);

        Assert.Equal(4, _server.CountRequests(_server.Url(Empty)));
        Assert.Equal(1, _server.CountRequests(_server.Url(Reset)));
    }

    public void Dispose() => _server.Dispose();
}
