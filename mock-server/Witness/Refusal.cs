using System.Globalization;
using Downloader.Lab;
using Microsoft.AspNetCore.Http;

namespace Downloader.MockServer.Witness;

/// <summary>How an overloaded server says no.</summary>
internal static class Refusal
{
    public static Task Write(HttpContext context, Visit visit, ServedOutcome outcome, int status, string reason)
    {
        visit.Outcome = outcome;
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter =
            visit.InForce.Scenario.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentLength = reason.Length;
        return context.Response.WriteAsync(reason);
    }
}
