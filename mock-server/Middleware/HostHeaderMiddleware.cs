using Microsoft.AspNetCore.Http;

namespace Downloader.MockServer.Middleware;

/// <summary>Answers 400 to a request whose Host is no valid name or address; later steps build URLs from it.</summary>
internal sealed class HostHeaderMiddleware(RequestDelegate next)
{
    /// <summary>Nearly all requests have the same one: it is checked once.</summary>
    private string? _lastValid;

    public Task Invoke(HttpContext context)
    {
        var host = context.Request.Host.Value;
        if (!string.Equals(host, Volatile.Read(ref _lastValid), StringComparison.Ordinal))
        {
            if (!IsValid(host)) return Refuse(context);
            Volatile.Write(ref _lastValid, host);
        }

        return next(context);
    }

    private static bool IsValid(string? host) =>
        Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri)
        && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "", Host.Length: > 0 };

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync("The Host header is no valid name or address.\n");
    }
}
