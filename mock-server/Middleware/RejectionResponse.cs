using System.Globalization;
using Downloader.MockServer.Client;
using Microsoft.AspNetCore.Http;

namespace Downloader.MockServer.Middleware;

/// <summary>How an overloaded server says no.</summary>
internal static class RejectionResponse
{
    public static Task Write(HttpContext context, RequestTrace visit, RequestOutcome outcome, int status, string reason)
    {
        visit.Outcome = outcome;
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter =
            visit.ActiveScenario.Scenario.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentLength = reason.Length;
        return context.Response.WriteAsync(reason);
    }
}
