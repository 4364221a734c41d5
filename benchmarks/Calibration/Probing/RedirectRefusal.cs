namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Fails requests that are answered with a redirect: its target may be a host that nobody permitted to load.</summary>
/// <param name="inner">Sends the requests.</param>
internal sealed class RedirectRefusal(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (RedirectTarget.Find(response) is not { } target) return response;
        response.Dispose();
        throw new InvalidOperationException($"a redirect to {target}, which is not followed");
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Requests are sent asynchronously.");
}
