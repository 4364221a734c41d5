using System.Globalization;
using System.Text;
using Downloader.MockServer.Client;
using Microsoft.AspNetCore.Http;

namespace Downloader.MockServer.Middleware;

/// <summary>Answers a request with an error status and one line of text.</summary>
internal static class ErrorResponse
{
    public static Task Write(HttpContext context, RequestTrace trace, RequestOutcome outcome, int status, string text)
    {
        var body = Encoding.UTF8.GetBytes(text + "\n");
        trace.Outcome = outcome;
        trace.BodyBytes = HttpMethods.IsHead(context.Request.Method) ? 0 : body.Length;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length);
    }

    /// <summary>As an overloaded server refuses: with the time after which the client may try again.</summary>
    public static Task WriteRetryAfter(HttpContext context, RequestTrace trace, RequestOutcome outcome, int status, string text)
    {
        context.Response.Headers.RetryAfter = trace.ActiveScenario.Scenario.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Write(context, trace, outcome, status, text);
    }
}
