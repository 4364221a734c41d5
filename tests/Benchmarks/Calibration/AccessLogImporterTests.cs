using System.IO.Compression;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Import;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Calibration;

public sealed class AccessLogImporterTests
{
    private const string Nginx =
        """192.0.2.7 - - [10/Oct/2026:13:55:36 +0200] "GET /a?key=secret HTTP/1.1" 200 2000 "-" "curl/8.5.0" 0.050""";

    private const string NginxWithUpstream =
        """192.0.2.7 - John Doe [10/Oct/2026:13:55:36 +0200] "GET /a HTTP/1.1" 200 2000 "-" "curl/8.5.0" 0.050 0.004, 0.040 : 0.001""";

    private const string NginxMain =
        """192.0.2.7 - - [10/Oct/2026:13:55:36 +0200] "GET /a HTTP/1.1" 200 2000 "-" "curl/8.5.0" "192.0.2.9, 192.0.2.8" 0.050""";

    private const string Apache =
        """192.0.2.7 - - [10/Oct/2026:13:55:36 +0200] "GET /a?key=secret HTTP/1.1" 200 2000 "-" "Mozilla/5.0 (\"X11\")" 50250""";

    private const string ApacheCommon = """192.0.2.7 - - [10/Oct/2026:13:55:36 +0200] "GET /a HTTP/1.1" 200 2000 50250""";

    private const string Precise = """$msec "$request" $status $body_bytes_sent $request_time""";

    [Theory]
    [InlineData(Nginx, "nginx's combined format and $request_time", 50)]
    [InlineData(NginxWithUpstream, "nginx's combined format, $request_time and $upstream_response_time", 50)]
    [InlineData(NginxMain, "nginx's main format and $request_time", 50)]
    [InlineData(Apache, "Apache's combined format and %D", 50.25)]
    [InlineData(ApacheCommon, "Apache's common format and %D", 50.25)]
    public void The_usual_formats_are_told_apart_without_being_named(string line, string format, double milliseconds)
    {
        var observations = Read(null, line);

        Assert.Equal($"Read as {format}.", observations.Notes[0]);
        var request = Assert.Single(observations.Requests);
        Assert.Equal(milliseconds, request.Duration.TotalMilliseconds);
        Assert.Equal((200, ObservedOutcome.Succeeded, 2000L), (request.Status, request.Outcome, request.BodyBytes));
        Assert.NotNull(request.AnswerBegan);
        Assert.Equal([new ObservedPage("/a", 2000)], observations.Pages);
        Assert.Equal((CalibrationSource.AccessLog, new DateOnly(2026, 10, 10)), (observations.Kind, observations.Date));
        Assert.False(observations.HasPreciseTimes);
    }

    [Theory]
    [InlineData("""$remote_addr [$time_iso8601] "$request" $status $request_time""", false, 50,
        """::1 [2026-10-10T13:55:36+02:00] "GET /a HTTP/1.1" 200 0.050""")]
    [InlineData("$time_local|${msec}|$request_method|$request_uri|$server_protocol|$status|$bytes_sent|$upstream_response_time", true, 45,
        "10/Oct/2026:13:55:36 +0200|1791633336.250|GET|/a|HTTP/1.1|200|300|0.004, 0.040 : 0.001")]
    [InlineData("""$msec $upstream_addr $upstream_response_time "$request" $status""", true, 45,
        """1791633336.250 10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80 0.004, 0.040 : 0.001 "GET /a HTTP/1.1" 200""")]
    [InlineData("""{"t":"$msec","r":"$request","s":$status,"u":"$http_user_agent","d":"$request_time"}""", true, 50,
        """{"t":"1791633336.250","r":"GET /a HTTP/1.1","s":200,"u":"a \"quoted\" agent","d":"0.050"}""")]
    [InlineData("""%h %{msec}t %{%Y}t \"%r\" %>s %{ms}T %%""", true, 50, """::1 1791633336250 2026 "GET /a HTTP/1.1" 200 50 %""")]
    [InlineData("""%{end:usec}t %m %U %H %!200,304s %B %{us}T""", true, 50.25, """1791633336250000 GET /a HTTP/1.1 200 17 50250""")]
    [InlineData("""%t %{msec_frac}t "%r" %s %D""", true, 50.25, """[10/Oct/2026:13:55:36 +0200] 250 "GET /a HTTP/1.1" 200 50250""")]
    [InlineData("""%{begin:sec}t "%r" %s %T""", false, 2000, """1791633336 "GET /a HTTP/1.1" 200 2""")]
    public void A_format_can_be_given_as_the_server_has_it(string format, bool isPrecise, double milliseconds, string line)
    {
        var observations = Read(format, line);

        var request = Assert.Single(observations.Requests);
        Assert.Equal(milliseconds, request.Duration.TotalMilliseconds);
        Assert.Equal(isPrecise, observations.HasPreciseTimes);
        Assert.StartsWith("Read as ", observations.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Nginx_logs_when_a_request_ended()
    {
        var observations = Read(
            Precise,
            """1791633336.100 "GET /a HTTP/1.1" 200 2000 0.050""",
            """1791633336.300 "GET /b HTTP/1.1" 200 500 0.270""",
            """1791633336.400 "GET /b HTTP/1.1" 200 500 0.010""");

        Assert.Equal([0, 20, 360], observations.Requests.Select(request => request.Sent.TotalMilliseconds));
        Assert.Equal(["/b", "/a", "/b"], observations.Requests.Select(request => observations.Pages[request.Page].Path));
        Assert.Equal([1, 2, 1], observations.Requests.Select(request => request.Workers));
        Assert.Equal(2, observations.MaxWorkers);
    }

    [Theory]
    [InlineData("%{msec}t", new double[] { 0, 200, 300 })]
    [InlineData("%{begin:msec}t", new double[] { 0, 200, 300 })]
    [InlineData("%{end:msec}t", new double[] { 0, 50, 90 })]
    public void Apache_logs_when_a_request_was_sent_unless_told_otherwise(string time, double[] sent)
    {
        var observations = Read(
            $"{time} \"%r\" %>s %D",
            """1791633336100 "GET /a HTTP/1.1" 200 50000""",
            """1791633336300 "GET /a HTTP/1.1" 200 200000""",
            """1791633336400 "GET /a HTTP/1.1" 200 260000""");

        Assert.Equal(sent, observations.Requests.Select(request => request.Sent.TotalMilliseconds));
    }

    [Fact]
    public void Requests_of_one_second_are_spread_over_it_in_the_order_of_the_file()
    {
        var later = Nginx.Replace("55:36", "55:37", StringComparison.Ordinal);
        var observations = Read(null, Nginx, Nginx, later, Nginx, Nginx);

        // Ends at 0.125, 0.375, 0.625, 0.875 and 1.5 s, each 50 ms after its start.
        Assert.Equal([0, 250, 500, 750, 1375], observations.Requests.Select(request => request.Sent.TotalMilliseconds));
        Assert.All(observations.Requests, request => Assert.Equal(0, request.Workers));
        Assert.Equal(1, observations.MaxWorkers);
        Assert.Contains("Only the second of each request is known: the most that were in flight is an estimate.", observations.Notes);
    }

    [Fact]
    public void What_is_no_download_is_left_out_but_counts_as_in_flight()
    {
        var observations = Read(
            Precise,
            """1791633336.100 "POST /a HTTP/1.1" 200 2000 0.100""",
            """1791633336.101 "GET /a HTTP/1.1" 404 2000 0.100""",
            """1791633336.102 "GET /a HTTP/1.1" 200 2000 0.100""",
            """1791633336.103 "\x16\x03\x01" 400 157 0.100""",
            """1791633336.104 "" 400 0 0.000""",
            """1791633336.105 "GET /a HTTP/1.1" 499 0 0.060""",
            """1791633336.106 "GET /a HTTP/1.1" 503 17 0.060""",
            """1791633336.107 "GET /a HTTP/1.1" 429 17 0.000""",
            """1791633336.108 "GET /a HTTP/1.1" 502 17 0.001""");

        Assert.Equal([200, 503, 429, 502], observations.Requests.OrderBy(request => request.Ended).Select(request => request.Status ?? 0));
        Assert.Equal(
            [ObservedOutcome.Succeeded, ObservedOutcome.Refused, ObservedOutcome.RateLimited, ObservedOutcome.Failed],
            observations.Requests.OrderBy(request => request.Ended).Select(request => request.Outcome));
        Assert.Equal(3, observations.Requests[0].Workers);
        Assert.Contains("3 requests were left out: the method is not GET.", observations.Notes);
        Assert.Contains("2 answers were left out: neither a download nor a fault of the server (3xx, 4xx).", observations.Notes);
    }

    [Fact]
    public void A_duration_below_the_resolution_is_half_of_it()
    {
        var observations = Read(Precise, """1791633336.100 "GET /a HTTP/1.1" 200 2000 0.000""");

        Assert.Equal(0.5, observations.Requests[0].Duration.TotalMilliseconds);
        Assert.Contains("1 request was logged as 0: taken as half of 1 ms.", observations.Notes);
    }

    [Theory]
    [InlineData(Precise, "1791633336.{0} \"GET /a HTTP/1.1\" 200 2000 0.050",
        "79228162514264337593543950335 \"GET /a HTTP/1.1\" 200 2000 0.050")]
    [InlineData("$msec \"$request\" $status $upstream_response_time", "1791633336.{0} \"GET /a HTTP/1.1\" 200 0.050",
        "1791633336.100 \"GET /a HTTP/1.1\" 200 99999999999, 99999999999, 99999999999, 99999999999, 99999999999, 99999999999, "
        + "99999999999, 99999999999, 99999999999, 99999999999")]
    public void A_line_whose_time_is_out_of_any_range_is_left_out(string format, string good, string bad)
    {
        var lines = Enumerable.Range(100, 200).Select(millisecond => good.Replace("{0}", $"{millisecond}", StringComparison.Ordinal));

        Assert.Equal(200, Read(format, [.. lines, bad]).Requests.Count);
    }

    [Fact]
    public void A_line_without_an_upstreams_time_is_left_out()
    {
        const string format = """$msec "$request" $status $upstream_response_time""";
        var observations = Read(
            format,
            """1791633336.500 "GET /a HTTP/1.1" 200 -""",
            """1791633336.600 "GET /a HTTP/1.1" 200 0.010""");

        Assert.Single(observations.Requests);
        Assert.Contains("1 request was left out: the line holds no duration.", observations.Notes);
    }

    [Fact]
    public void The_protocol_is_that_of_most_requests()
    {
        var second = Nginx.Replace("HTTP/1.1", "HTTP/2.0", StringComparison.Ordinal);

        Assert.Equal(WireProtocol.Http1, Read(null, Nginx).Protocol);
        Assert.Equal(WireProtocol.Http2, Read(null, Nginx, second, second).Protocol);
    }

    [Fact]
    public void A_packed_log_is_read()
    {
        using var folder = new TemporaryFile();
        var path = folder.Path + ".gz";
        try
        {
            using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest))) writer.WriteLine(Nginx);

            var observations = AccessLogImporter.Read(path, null);
            Assert.Equal(Path.GetFileName(path), observations.Source);
            Assert.Single(observations.Requests);

            var packed = File.ReadAllBytes(path);
            File.WriteAllText(path, Nginx);
            AssertRefused(path, null, "cannot be read: ");
            File.WriteAllBytes(path, packed[..12]);
            AssertRefused(path, null, "");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void One_line_of_a_hundred_may_be_anything()
    {
        var lines = Enumerable.Repeat(Nginx, 99).Append("nonsense").Append(Nginx).ToArray();

        var observations = Read(null, lines);
        Assert.Equal(100, observations.Requests.Count);
        Assert.Contains("1 line was skipped: not of this format, the first is line 100.", observations.Notes);
        Assert.Equal(
            "1 of 3 lines, the first is line 3, does not fit nginx's combined format and $request_time: non\\u001B[31msense",
            Refusal(null, Nginx, "", "non\u001b[31msense", Nginx));
    }

    [Fact]
    public void The_last_line_may_be_half_written()
    {
        using var file = new TemporaryFile(Nginx + "\r\n" + Nginx + "\r\n" + Nginx[..60]);

        var observations = AccessLogImporter.Read(file.Path, null);
        Assert.Equal(2, observations.Requests.Count);
        Assert.Contains("The last line was skipped: it is cut off.", observations.Notes);
    }

    [Fact]
    public void Of_more_requests_than_are_kept_the_last_count()
    {
        using var file = new TemporaryFile();
        using (var writer = new StreamWriter(file.Path))
        {
            for (var index = 0; index < LogReader.MaxRequests + 5; index++)
                writer.WriteLine($"{1791633336 + index}.000 \"GET /{index % 7} HTTP/1.1\" 200 {index} 0.010");
        }

        var observations = AccessLogImporter.Read(file.Path, Precise);
        Assert.Equal(LogReader.MaxRequests, observations.Requests.Count);
        Assert.Equal(5, observations.Requests[0].BodyBytes);
        Assert.Contains("Of 200,005 requests only the last 200,000 were used.", observations.Notes);
    }

    [Theory]
    [InlineData("", "is empty; it must be an access log of nginx or Apache")]
    [InlineData("\n \n", "is empty; it must be an access log of nginx or Apache")]
    [InlineData("""127.0.0.1 - - [10/Oct/2026:13:55:36 +0200] "GET / HTTP/1.1" 200 2326 "-" "curl" """,
        "line 1 is neither nginx's combined format and $request_time nor Apache's combined format and %D; name its format by ")]
    [InlineData("""{"log": {"entries": []}}""", "line 1 is neither ")]
    [InlineData("\0\u0001\u0002ELF", "line 1 is neither ")]
    public void A_file_of_another_format_is_refused_in_one_line(string text, string reason)
    {
        using var file = new TemporaryFile(text);

        AssertRefused(file.Path, null, reason);
    }

    [Theory]
    [InlineData("99/Oct/2026:13:55:36 +0200", "0.050")]
    [InlineData("10/Oct/2026:13:55:36", "0.050")]
    [InlineData("10/Oct/1026:13:55:36 +0200", "0.050")]
    [InlineData("10/Oct/2026:13:55:36 +0200", "99999999.000")]
    [InlineData("10/Oct/2026:13:55:36 +0200", "9999999999999999999999.000")]
    [InlineData("10/Oct/2026:13:55:36 +0200", "-0.050")]
    [InlineData("10/Oct/2026:13:55:36 +0200", "NaN.")]
    [InlineData("10/Oct/2026:13:55:36 +0200", "0.050x")]
    public void A_time_that_is_none_does_not_fit(string time, string duration)
    {
        using var file = new TemporaryFile($"""1.1.1.1 - - [{time}] "GET /a HTTP/1.1" 200 2000 "-" "x" {duration}""" + "\n");

        AssertRefused(file.Path, null, "line 1 is neither ");
    }

    [Fact]
    public void A_file_without_line_breaks_is_not_held_in_memory()
    {
        using var file = new TemporaryFile();
        using (var stream = File.OpenWrite(file.Path)) stream.SetLength(64 * 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();

        AssertRefused(file.Path, null, "cannot be read: line 1 does not end within 16 million characters");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public void Lines_that_are_too_long_are_skipped_and_the_next_is_read()
    {
        var longLines = Nginx.Replace("curl", new string('x', 3 * BoundedLineReader.MaxLength), StringComparison.Ordinal);
        var lines = Enumerable.Repeat(Nginx, 150).Append(longLines).Append(Nginx).ToArray();

        Assert.Equal(151, Read(null, lines).Requests.Count);
    }

    [Theory]
    [InlineData("combined", "--log-format combined: must be as in nginx's log_format, with variables such as $status, or")]
    [InlineData("[$time_local] \"$request\" $status", "--log-format [$time_local] \"$request\" $status: holds no duration; it must hold $")]
    [InlineData("$msec $request_time $request", "--log-format $msec $request_time $request: holds no status; it must hold $status of")]
    [InlineData("$status $request_time $request", "--log-format $status $request_time $request: holds no time; it must hold $msec")]
    [InlineData("%t %D %>s", "--log-format %t %D %>s: holds no request; it must hold $request of nginx or %r of Apache")]
    [InlineData("%t%D%>s\u001b", "--log-format %t%D%>s\\u001B: holds no request")]
    [InlineData("$status$msec $request_time \"$request\"",
        "--log-format $status$msec $request_time \"$request\": two fields follow each other with nothing between them")]
    public void A_format_that_does_not_do_is_refused_in_one_line(string format, string reason)
    {
        using var file = new TemporaryFile(Nginx);

        var error = Assert.Throws<CalibrationException>(() => AccessLogImporter.Read(file.Path, format));
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_log_without_a_success_says_what_there_was() => Assert.Equal(
        "holds no successful GET of a path that can be replayed, so nothing can be learnt from it. 1 request was left out: "
            + "the method is not GET.",
        Refusal(null, Nginx.Replace("GET", "PUT", StringComparison.Ordinal)));

    [Fact]
    public void A_missing_file_is_refused() =>
        AssertRefused(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")), null, "cannot be read: Could not find file ");

    private static Observations Read(string? format, params string[] lines)
    {
        using var file = new TemporaryFile(string.Join('\n', lines) + "\n");
        return AccessLogImporter.Read(file.Path, format);
    }

    private static string Refusal(string? format, params string[] lines)
    {
        using var file = new TemporaryFile(string.Join('\n', lines) + "\n");
        var message = RefusalOfFile(file.Path, format);
        return message[(file.Path.Length + 2)..];
    }

    private static string RefusalOfFile(string path, string? format)
    {
        var message = Assert.Throws<CalibrationException>(() => AccessLogImporter.Read(path, format)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain('\u001b', message);
        Assert.DoesNotContain('\0', message);
        return message;
    }

    private static void AssertRefused(string path, string? format, string reason) =>
        Assert.StartsWith($"{path}: {reason}", RefusalOfFile(path, format), StringComparison.Ordinal);
}
