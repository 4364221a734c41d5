using System.Net;

namespace Downloader.Tests.Library;

/// <summary>Answers each request by itself, without a network.</summary>
/// <param name="respond">Makes the response.</param>
internal sealed class StubHandler(Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> respond) : HttpMessageHandler
{
    /// <summary>A response of 200 with a body.</summary>
    public static HttpResponseMessage Ok(byte[] body) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };

    /// <summary>A source of one client over such a handler.</summary>
    public static IClientSource CreateSource(
        Func<HttpRequestMessage, CancellationToken, HttpResponseMessage> respond, DownloaderOptions? options = null) =>
        new SingleClientSource(new DownloadClient(new StubHandler(respond), options ?? new DownloaderOptions()));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        respond(request, cancellationToken);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // As a network does it: the answer comes later.
        await Task.Yield();
        return respond(request, cancellationToken);
    }

    private sealed class SingleClientSource(DownloadClient client) : IClientSource
    {
        public DownloadClient Rent() => client;

        public void Release(DownloadClient client)
        {
            // There is only one.
        }
    }
}
