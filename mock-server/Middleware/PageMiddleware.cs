using Downloader.MockServer.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Announces the length of a page, as real servers do; WireMock.Net, which answers next, would send it in chunks.</summary>
internal sealed class PageMiddleware(RequestDelegate next, AsyncLocal<RequestTrace?> current)
{
    public Task Invoke(HttpContext context)
    {
        var visit = context.Features.GetRequiredFeature<RequestTrace>();
        // WireMock.Net hands on no HttpContext: this is how the page provider knows whom it serves.
        current.Value = visit;
        if (visit.Page != Page.Other && HttpMethods.IsGet(context.Request.Method))
            context.Response.ContentLength = visit.ActiveScenario.Pages.Body(visit.Page).Length;
        return next(context);
    }
}
