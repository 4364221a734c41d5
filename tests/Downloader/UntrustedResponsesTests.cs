using System.Globalization;
using System.Net;
using static Downloader.Tests.Library.ServerBehavior;

namespace Downloader.Tests.Library;

/// <summary>What a response says about itself: its text is made printable, its length and its redirects are checked.</summary>
public sealed class UntrustedResponsesTests : IDisposable
{
    private readonly HostileServer _server = new();
    private readonly DownloaderOptions _options = new() { MaxBytes = 1000 };

    public static TheoryData<bool> Blocking => [true, false];

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_reason_phrase_is_printable_and_short(bool blocking)
    {
        var escapes = await GetRawAsync("HTTP/1.1 404 \u001B]0;title\a\u0085red\u009B\r\nContent-Length: 0\r\n\r\n", blocking);
        var long60K = await GetRawAsync($"HTTP/1.1 404 {new string('x', 60_000)}\r\nContent-Length: 0\r\n\r\n", blocking);

        Assert.Equal("404 \\u001B]0;title\\u0007\\u0085red\\u009B", escapes.Failure?.Message);
        Assert.Equal($"404 {new string('x', 100)}…", long60K.Failure?.Message);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task The_text_of_an_exception_that_quotes_the_server_is_printable_and_short(bool blocking)
    {
        var escapes = await GetRawAsync("HTTP/1.1 200 OK\r\nBad\u001BHeader \u0085\a\r\n\r\n", blocking);
        var long60K = await GetRawAsync($"HTTP/1.1 {new string('x', 60_000)}\r\n\r\n", blocking);

        Assert.All(
            [escapes.Failure!, long60K.Failure!],
            failure =>
            {
                Assert.Equal(FailureReason.Other, failure.Reason);
                Assert.DoesNotContain(failure.Message, char.IsControl);
                Assert.InRange(failure.Message.Length, 1, PrintableText.DefaultMaxLength + 1);
            });
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Chunks_override_a_Content_Length(bool blocking)
    {
        foreach (var length in new[] { "99000000000", "3", "-1", "many" })
        {
            var result = await GetRawAsync(
                $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: {length}\r\n\r\n5\r\nhello\r\n0\r\n\r\n", blocking);

            Assert.Null(result.Failure);
            Assert.Equal(5, result.BytesRead);
        }
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6", "5, 6")]
    [InlineData("Content-Length: 0\r\nContent-Length: 5", "0, 5")]
    [InlineData("Content-Length: 5, 6", "5, 6")]
    [InlineData("Content-Length: 5, 5", "5, 5")]
    [InlineData("Content-Length: -5", "-5")]
    [InlineData("Content-Length: +5", "+5")]
    [InlineData("Content-Length: 0x5", "0x5")]
    [InlineData("Content-Length: 99999999999999999999", "99999999999999999999")]
    [InlineData("Content-Length: five\u001B", "five\\u001B")]
    public async Task An_invalid_Content_Length_or_several_that_differ_fail(string header, string value)
    {
        foreach (var blocking in new[] { true, false })
        {
            var result = await GetRawAsync($"HTTP/1.1 200 OK\r\n{header}\r\n\r\nhello", blocking);

            Assert.Equal(new DownloadFailure(FailureReason.Other, $"The response has an invalid Content-Length: {value}"), result.Failure);
            Assert.Equal(0, result.BytesRead);
        }

        await _server.WaitUntilAsync(server => server.Open == 0, "the connections closed");
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n")]
    [InlineData("")]
    public async Task A_Content_Length_its_repetition_and_none_at_all_succeed(string header)
    {
        foreach (var blocking in new[] { true, false })
        {
            var result = await GetRawAsync($"HTTP/1.1 200 OK\r\n{header}\r\nhello", blocking);

            Assert.Null(result.Failure);
            Assert.Equal(5, result.BytesRead);
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_followed_from_absolute_and_relative_locations(int status)
    {
        var authority = _server.Url(Good).Authority;
        foreach (var blocking in new[] { true, false })
        {
            foreach (var location in new[] { $"http://{authority}/Good/-", $"//{authority}/Good/-", "/Good/-", "../Good/-" })
            {
                var result = await GetRawAsync(RedirectTo(location, status), blocking);

                Assert.Null(result.Failure);
                Assert.Equal(HostileServer.GoodBytes, result.BytesRead);
            }
        }
    }

    [Theory]
    [InlineData("ftp", "ftp://{0}/Good/-")]
    [InlineData("gopher", "gopher://{0}/Good/-")]
    [InlineData("file", "file:///etc/hostname")]
    [InlineData("javascript", "javascript:alert()")]
    public async Task A_redirect_to_another_scheme_names_it_and_does_not_contact_the_target(string scheme, string location)
    {
        var target = string.Format(CultureInfo.InvariantCulture, location, _server.Url(Good).Authority);
        foreach (var blocking in new[] { true, false })
        {
            var result = await GetRawAsync(RedirectTo(target), blocking);

            Assert.Equal(
                new DownloadFailure(FailureReason.UnsupportedScheme, $"The scheme of a redirect must be http or https, not {scheme}"),
                result.Failure);
        }

        Assert.Equal(0, _server.CountRequests(_server.Url(Good)));
        Assert.Equal(2, _server.Connections);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Location: \r\n")]
    [InlineData("Location: http://:80:80/\r\n")]
    public async Task A_redirect_without_a_valid_location_is_a_status(string header)
    {
        foreach (var blocking in new[] { true, false })
        {
            var result = await GetRawAsync($"HTTP/1.1 302 Found\r\n{header}Content-Length: 0\r\n\r\n", blocking);

            Assert.Equal(HttpStatusCode.Found, result.Failure?.StatusCode);
            Assert.Equal("302 Found, a redirect that was not followed: it has no valid Location", result.Failure?.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_redirect_from_https_to_http_is_not_followed(bool blocking)
    {
        using var handler = new RedirectToHttpHandler();
        using var client = new DownloadClient(handler, _options);

        var result = await DownloadRunner.GetAsync(client, new Uri("https://example.org/"), blocking);

        Assert.Equal("302 Found, a redirect that was not followed: it leads from https to http", result.Failure?.Message);
        Assert.Equal(["https://example.org/"], handler.Requested);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task The_timeout_covers_the_redirects_too(bool blocking)
    {
        _options.Timeout = TimeSpan.FromMilliseconds(300);

        var result = await GetRawAsync(RedirectTo($"{_server.Url(Silent)}"), blocking);

        Assert.Equal(FailureReason.Timeout, result.Failure?.Reason);
    }

    public void Dispose() => _server.Dispose();

    private static string RedirectTo(string location, int status = 302) =>
        $"HTTP/1.1 {status} Found\r\nLocation: {location}\r\nConnection: close\r\nContent-Length: 4\r\n\r\nmove";

    private Task<DownloadResult> GetRawAsync(string response, bool blocking) =>
        DownloadRunner.GetAsync(_server.UrlOfRawResponse(response), _options, blocking);

    private sealed class RedirectToHttpHandler : HttpMessageHandler
    {
        public List<string> Requested { get; } = [];

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requested.Add(request.RequestUri!.AbsoluteUri);
            var response = new HttpResponseMessage(HttpStatusCode.Found) { RequestMessage = request };
            response.Headers.Location = new Uri("http://example.org/");
            return response;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
