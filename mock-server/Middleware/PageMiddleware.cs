using Downloader.MockServer.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Middleware;

/// <summary>Announces the length of a page, as real servers do; WireMock.Net, which answers next, would send it in chunks. Answers
/// everything else with 404, so that WireMock.Net sees no request but those for its pages.</summary>
internal sealed class PageMiddleware(RequestDelegate next, AsyncLocal<RequestTrace?> current)
{
    public Task Invoke(HttpContext context)
    {
        var trace = context.Features.GetRequiredFeature<RequestTrace>();
        if (trace.Page == Page.Other)
            return ErrorResponse.Write(context, trace, RequestOutcome.NotFound, StatusCodes.Status404NotFound, "No such page.");

        // WireMock.Net passes on no HttpContext: this is how the page provider finds the request.
        current.Value = trace;
        trace.BodyBytes = trace.ActiveScenario.Pages.GetBody(trace.Page).Length;
        context.Response.ContentLength = trace.BodyBytes;
        return next(context);
    }
}
