using System.Globalization;
using System.Text.Json;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>HAR files in the form in which browsers export them.</summary>
internal static class HarText
{
    /// <summary>A file of some entries.</summary>
    public static string File(params IEnumerable<string> entries) =>
        """{"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [], "entries": ["""
        + string.Join(",\n", entries) + "]}}";

    /// <summary>As Chrome writes it: fractions of milliseconds, -1 for what does not apply, fields of its own.</summary>
    public static string Chrome(
        string url = "https://example.org/a?key=secret",
        double start = 0,
        double blocked = 1,
        double dns = -1,
        double connect = -1,
        double ssl = -1,
        double wait = 50,
        int status = 200,
        string method = "GET",
        string more = "",
        string responseMore = "\"_transferSize\": 900,",
        string httpVersion = "http/1.1",
        int size = 2000)
    {
        var noon = new DateTime(2026, 10, 10, 12, 0, 0, DateTimeKind.Utc);
        var started = noon.AddMilliseconds(start).ToString("O", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            { "_initiator": {"type": "script", "stack": {"callFrames": [], "parent": {"callFrames": []} } }, "_priority": "High",
              "_resourceType": "fetch", {{more}} "cache": {}, "connection": "443", "startedDateTime": "{{started}}", "time": 60.25,
              "request": { "method": "{{method}}", "url": {{JsonSerializer.Serialize(url)}}, "httpVersion": "{{httpVersion}}",
                "headers": [], "queryString": [], "cookies": [], "headersSize": -1, "bodySize": 0 },
              "response": { "status": {{status}}, "statusText": "", "httpVersion": "{{httpVersion}}",
                "headers": [{"name": "retry-after", "value": "3"}, {"name": "content-type", "value": "text/html"}],
                "cookies": [], "content": {"size": {{size}}, "mimeType": "text/html", "text": "<html>\u2028</html>"}, "redirectURL": "",
                "headersSize": -1, "bodySize": -1, {{responseMore}} "_error": null },
              "serverIPAddress": "192.0.2.1",
              "timings": { "blocked": {{blocked}}, "dns": {{dns}}, "ssl": {{ssl}}, "connect": {{connect}}, "send": 0.25, "wait": {{wait}},
                "receive": 4.5, "_blocked_queueing": 0.5 } }
            """);
    }

    /// <summary>As Firefox writes it: whole milliseconds, 0 for a connection that was open.</summary>
    public static string Firefox(string started = "2026-10-10T14:00:00.000+02:00", int connect = 0, int ssl = 0, int wait = 50) => $$"""
        { "startedDateTime": "{{started}}", "request": { "bodySize": 0, "method": "GET", "url": "https://example.org/a",
            "httpVersion": "HTTP/2", "headers": [], "cookies": [], "queryString": [], "headersSize": 500 },
          "response": { "status": 200, "statusText": "OK", "httpVersion": "HTTP/2", "headers": [], "cookies": [],
            "content": { "mimeType": "text/html", "size": 2000, "encoding": "base64", "text": "AAAA" }, "redirectURL": "",
            "headersSize": 300, "bodySize": 1200 },
          "cache": {}, "timings": { "blocked": 2, "dns": 0, "connect": {{connect}}, "ssl": {{ssl}}, "send": 0, "wait": {{wait}},
            "receive": 1 },
          "time": 53, "_securityState": "secure", "serverIPAddress": "192.0.2.1", "connection": "443", "pageref": "page_1" }
        """;

    /// <summary>As Safari writes it: where an answer came from has a field of its own.</summary>
    public static string Safari(string fetchType = "Network Load") => $$"""
        { "pageref": "page_0", "startedDateTime": "2026-10-10T12:00:00.000Z", "time": 61.00000000000023,
          "request": { "method": "GET", "url": "https://example.org/a", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [],
            "queryString": [], "headersSize": 400, "bodySize": 0 },
          "response": { "status": 200, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "content": { "size": 2000,
            "compression": 800, "mimeType": "text/html" }, "redirectURL": "", "headersSize": 300, "bodySize": 1200, "_transferSize": 1500 },
          "cache": {}, "timings": { "blocked": 0.5, "dns": 3, "connect": 20.5, "ssl": 12.5, "send": 0.1, "wait": 33, "receive": 2 },
          "serverIPAddress": "192.0.2.1", "connection": "7", "_fetchType": "{{fetchType}}", "_priority": "high" }
        """;
}
