using Downloader.MockServer.Middleware;
using WireMock;
using WireMock.ResponseProviders;
using WireMock.Settings;
using WireMock.Types;
using WireMock.Util;

namespace Downloader.MockServer.Hosting;

/// <summary>Gives WireMock.Net the body of a page: always the bytes of the scenario that the request arrived under, never a copy.</summary>
internal sealed class PageProvider(AsyncLocal<RequestTrace?> current) : IResponseProvider
{
    private readonly Dictionary<string, WireMockList<string>> _headers = new() { ["Content-Type"] = new("text/html; charset=utf-8") };

    public Task<(IResponseMessage Message, IMapping? Mapping)> ProvideResponseAsync(
        IMapping mapping, IRequestMessage requestMessage, WireMockServerSettings settings) =>
        Task.FromResult<(IResponseMessage, IMapping?)>((
            new ResponseMessage
            {
                StatusCode = 200,
                Headers = _headers,
                BodyData = new BodyData { DetectedBodyType = BodyType.Bytes, BodyAsBytes = GetBody(current.Value!) },
            },
            null));

    private static byte[] GetBody(RequestTrace trace) => trace.ActiveScenario.Pages.GetBody(trace.Page);
}
