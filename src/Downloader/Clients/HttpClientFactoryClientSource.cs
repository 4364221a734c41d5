using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Downloader;

/// <summary>The session of <see cref="IHttpClientFactory"/>: its handlers, without the <see cref="HttpClient"/> around them.</summary>
/// <remarks>
/// The factory is asked for each download, so that it can replace its handlers when their lifetime ends; a client is made once per handler
/// and lives as long as that does.
/// </remarks>
/// <param name="handlers">The factory.</param>
/// <param name="options">The settings of its downloads; read once, here.</param>
/// <exception cref="OptionsValidationException">An option is out of its range; the message names the option, its value and the
/// range.</exception>
public sealed class HttpClientFactoryClientSource(IHttpMessageHandlerFactory handlers, IOptions<DownloaderOptions> options) : IClientSource
{
    /// <summary>The name of its client in the factory.</summary>
    public const string ClientName = "Downloader";

    // Read here and not for the first download: an error would be a failure of each download, and not one of the whole run.
    private readonly DownloaderOptions _options = options.Value;

    // Keeps neither handler nor client alive: the factory closes a replaced handler only when nothing refers to it any more.
    private readonly ConditionalWeakTable<HttpMessageHandler, DownloadClient> _clients = [];

    /// <inheritdoc/>
    public DownloadClient Rent() => _clients.GetValue(
        handlers.CreateHandler(ClientName),
        handler => new DownloadClient(handler, _options, disposeHandler: false));

    /// <inheritdoc/>
    public void Release(DownloadClient client)
    {
        // It stays for the next download; the factory owns its handler.
    }
}
