using Downloader.Lab;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Downloader.MockServer.Witness;

/// <summary>Announces the length of a page, as real servers do; WireMock.Net, which answers next, would send it in chunks.</summary>
internal sealed class PageStep(RequestDelegate next, LabState lab)
{
    public Task Invoke(HttpContext context)
    {
        var page = context.Features.GetRequiredFeature<Visit>().Page;
        if (page != Page.Other && HttpMethods.IsGet(context.Request.Method))
            context.Response.ContentLength = lab.InForce.Pages.Body(page).Length;
        return next(context);
    }
}
