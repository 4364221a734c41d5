using System.Net;
using System.Net.Sockets;

namespace Downloader.Tests.Library;

/// <summary>One download against a server that misbehaves, blocking and not.</summary>
public sealed class DownloadClientFaultsTests : IDisposable
{
    private readonly HostileServer _server = new();

    public static TheoryData<bool> Blocking => [true, false];

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_status_is_told_with_its_phrase(bool blocking)
    {
        var result = await Run.Get(_server.Url(Answer.NotFound), new DownloaderOptions(), blocking);

        Assert.Equal("404 Not Found", result.Failure?.Message);
        Assert.Equal(HttpStatusCode.NotFound, result.Failure?.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Redirects_are_followed_but_not_for_ever(bool blocking)
    {
        var followed = await Run.Get(_server.Url(Answer.Redirect), new DownloaderOptions(), blocking);
        var loop = await Run.Get(_server.Url(Answer.RedirectLoop), new DownloaderOptions(), blocking);

        Assert.True(followed.Succeeded);
        Assert.Equal("302 Found, a redirect that was not followed", loop.Failure?.Message);
        Assert.InRange(_server.Seen(_server.Url(Answer.RedirectLoop)), 2, 20);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_body_as_long_as_the_limit_is_taken_and_one_byte_more_is_not(bool blocking)
    {
        var options = new DownloaderOptions { MaxBytes = HostileServer.GoodBytes };

        Assert.True((await Run.Get(_server.Url(Answer.Good), options, blocking)).Succeeded);
        Assert.True((await Run.Get(_server.Url(Answer.GoodChunked), options, blocking)).Succeeded);
        options.MaxBytes--;
        Assert.Equal(FailureReason.BodyTooLong, (await Run.Get(_server.Url(Answer.Good), options, blocking)).Failure?.Reason);
        Assert.Equal(FailureReason.BodyTooLong, (await Run.Get(_server.Url(Answer.GoodChunked), options, blocking)).Failure?.Reason);
    }

    [Theory]
    [InlineData(Answer.Huge, true)]
    [InlineData(Answer.Huge, false)]
    [InlineData(Answer.Endless, true)]
    [InlineData(Answer.Endless, false)]
    [InlineData(Answer.EndlessError, true)]
    [InlineData(Answer.EndlessError, false)]
    public async Task The_connection_of_a_body_that_is_not_wanted_is_closed(Answer answer, bool blocking)
    {
        var options = new DownloaderOptions { MaxBytes = 50_000 };
        using var client = new DownloadClient(DownloadHandlerFactory.Create(options), options);

        var result = blocking
            ? client.Get(_server.Url(answer), TestContext.Current.CancellationToken)
            : await client.GetAsync(_server.Url(answer), TestContext.Current.CancellationToken);

        Assert.InRange(result.BytesRead, 0, 200_000);
        await _server.Until(server => server.Open == 0, "the connection closed while its client still lives");
    }

    [Theory]
    [InlineData(Answer.Silent, true)]
    [InlineData(Answer.Silent, false)]
    [InlineData(Answer.Stalled, true)]
    [InlineData(Answer.Stalled, false)]
    [InlineData(Answer.Endless, true)]
    [InlineData(Answer.Endless, false)]
    public async Task The_timeout_covers_headers_and_body(Answer answer, bool blocking)
    {
        var options = new DownloaderOptions { Timeout = TimeSpan.FromMilliseconds(300), MaxBytes = long.MaxValue };

        var result = await Run.Get(_server.Url(answer), options, blocking);

        Assert.Equal(FailureReason.Timeout, result.Failure?.Reason);
        Assert.True(result.Elapsed >= options.Timeout - TimeSpan.FromMilliseconds(20), $"{result.Elapsed}");
        await _server.Until(server => server.Open == 0, "its connection closed");
    }

    [Theory]
    [InlineData(Answer.Silent, true)]
    [InlineData(Answer.Silent, false)]
    [InlineData(Answer.Stalled, true)]
    [InlineData(Answer.Stalled, false)]
    public async Task Cancellation_stops_headers_and_body(Answer answer, bool blocking)
    {
        using var cancellation = new CancellationTokenSource();

        var download = Run.Get(_server.Url(answer), new DownloaderOptions { Timeout = TimeSpan.FromMinutes(10) }, blocking, cancellation.Token);
        await _server.Until(server => !server.Requests.IsEmpty, "the request");
        await cancellation.CancelAsync();

        Assert.Equal(FailureReason.Cancelled, (await download).Failure?.Reason);
        await _server.Until(server => server.Open == 0, "its connection closed");
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_client_goes_on_after_timeouts(bool blocking)
    {
        // Timeouts come from pooled sources: one that ended a download must not end the next.
        var options = new DownloaderOptions { Timeout = TimeSpan.FromMilliseconds(200) };
        using var client = new DownloadClient(DownloadHandlerFactory.Create(options), options);
        for (var i = 0; i < 3; i++)
            Assert.Equal(FailureReason.Timeout, client.Get(_server.Url(Answer.Stalled), TestContext.Current.CancellationToken).Failure?.Reason);

        options.Timeout = TimeSpan.FromMinutes(1);
        for (var i = 0; i < 20; i++)
            Assert.Null((await Run.Get(_server.Url(Answer.Good), options, blocking)).Failure);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_port_nobody_listens_on_is_refused(bool blocking)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound but not listening: nobody else can take the port meanwhile.
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var uri = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/");

        var result = await Run.Get(uri, new DownloaderOptions(), blocking);

        Assert.Equal(new DownloadFailure(FailureReason.ConnectionRefused, "Connection refused"), result.Failure);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task An_unknown_host_is_told_as_such(bool blocking)
    {
        var result = await Run.Get(new Uri("http://nobody.invalid/"), new DownloaderOptions(), blocking);

        Assert.Equal(FailureReason.NameNotResolved, result.Failure?.Reason);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_server_that_speaks_no_tls_fails_the_handshake(bool blocking)
    {
        var result = await Run.Get(new UriBuilder(_server.Url(Answer.Good)) { Scheme = "https" }.Uri, new DownloaderOptions(), blocking);

        Assert.Equal(FailureReason.SecureConnection, result.Failure?.Reason);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", true)]
    [InlineData("file:///etc/hostname", false)]
    [InlineData("relative/path", true)]
    [InlineData("relative/path", false)]
    public async Task Only_absolute_http_and_https_are_taken(string uri, bool blocking)
    {
        var result = await Run.Get(new Uri(uri, UriKind.RelativeOrAbsolute), new DownloaderOptions(), blocking);

        Assert.Equal(FailureReason.UnsupportedScheme, result.Failure?.Reason);
    }

    [Fact]
    public async Task Blocking_over_http_2_says_that_it_cannot()
    {
        var result = await Run.Get(_server.Url(Answer.Good), new DownloaderOptions { HttpVersion = HttpVersion.Version20 }, blocking: true);

        Assert.Equal(FailureReason.Other, result.Failure?.Reason);
        Assert.Contains("HTTP/2", result.Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task The_handler_asks_again_by_itself_when_a_connection_ends_without_a_byte_but_not_after_a_reset(bool blocking)
    {
        // Known behaviour of SocketsHttpHandler, which no setting turns off: the server sees more requests than downloads.
        await Run.Get(_server.Url(Answer.Empty), new DownloaderOptions(), blocking);
        await Run.Get(_server.Url(Answer.Reset), new DownloaderOptions(), blocking);

        Assert.Equal(4, _server.Seen(_server.Url(Answer.Empty)));
        Assert.Equal(1, _server.Seen(_server.Url(Answer.Reset)));
    }

    public void Dispose() => _server.Dispose();
}
