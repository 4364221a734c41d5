using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.Benchmarks.Calibration.Import;
using Downloader.Benchmarks.Calibration.Simulation;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Calibration;

public sealed class HarImporterTests
{
    private const string Fetched = "\"_fetchType\": \"Network Load\",";

    [Fact]
    public void A_request_takes_its_connection_and_the_server_but_not_the_browsers_own_queue()
    {
        var observations = Read(
            HarText.Chrome(blocked: 100, dns: 5, connect: 30, ssl: 18),
            HarText.Chrome(start: 500));

        var first = observations.Requests[0];
        Assert.Equal(89.75, first.Duration.TotalMilliseconds, 6);
        Assert.Equal(85.25, (first.AnswerBegan!.Value - first.Sent).TotalMilliseconds, 6);
        Assert.Equal(new ConnectionTiming(Ms(5), Ms(12), Ms(18)), first.NewConnection);
        // 501 ms after the recording began, the first 100 ms.
        Assert.Equal(54.75, observations.Requests[1].Duration.TotalMilliseconds, 6);
        Assert.Equal(401, (observations.Requests[1].Sent - first.Sent).TotalMilliseconds, 6);
        Assert.Null(observations.Requests[1].NewConnection);
        Assert.Equal((200, ObservedOutcome.Succeeded, 2000L), (first.Status, first.Outcome, first.BodyBytes));
    }

    [Fact]
    public void A_duration_of_0_is_taken_as_half_a_millisecond_and_a_short_one_as_it_is()
    {
        var zeros = Enumerable.Range(0, 60).Select(index => HarText.Chrome(start: 60 * index, wait: 0)
            .Replace("\"send\": 0.25", "\"send\": 0", StringComparison.Ordinal)
            .Replace("\"receive\": 4.5", "\"receive\": 0", StringComparison.Ordinal)).ToArray();
        var observations = Read([.. zeros, HarText.Chrome(start: 9000, wait: 0.125)
            .Replace("\"receive\": 4.5", "\"receive\": 0", StringComparison.Ordinal)]);

        Assert.All(observations.Requests.Take(60), request =>
            Assert.Equal((Ms(0.5), Ms(0.5)), (request.Duration, request.AnswerBegan - request.Sent)));
        Assert.Equal(Ms(0.375), observations.Requests[60].Duration);
        Assert.Contains("60 requests were recorded as 0 ms: taken as half of 1 ms.", observations.Notes);
    }

    [Fact]
    public void Requests_that_all_took_no_time_give_a_fit_of_numbers()
    {
        var observations = Read([.. Enumerable.Range(0, 60).Select(index => HarText.Chrome(start: 60 * index))]);
        var requests = observations.Requests.Select(request => request with { Ended = request.Sent, AnswerBegan = request.Sent });

        var fit = ServerFitter.Fit(observations with { Requests = [.. requests] });

        Assert.Equal(0, fit.CoefficientOfVariation);
        Assert.True(double.IsFinite(MakespanPredictor.Predict(fit, 4, 100).HighMs));
    }

    [Fact]
    public void The_origin_with_the_most_requests_is_the_server()
    {
        var observations = Read(
            HarText.Chrome("https://cdn.example/lib.js"),
            HarText.Chrome("http://example.org/a"),
            HarText.Chrome("data:text/plain,hello"),
            HarText.Chrome("https://EXAMPLE.org:443/a"),
            HarText.Chrome("https://example.org/b"));

        Assert.Equal(("example.org", 2), (observations.Source, observations.Requests.Count));
        Assert.Equal(CalibrationSource.Har, observations.Kind);
        Assert.Equal(new DateOnly(2026, 10, 10), observations.Date);
        Assert.Contains("3 requests were left out: they did not go to example.org.", observations.Notes);
    }

    [Fact]
    public void Another_port_belongs_to_the_servers_name() =>
        Assert.Equal("127.0.0.1:5080", Read(HarText.Chrome("http://127.0.0.1:5080/a")).Source);

    [Fact]
    public void What_the_browser_had_already_is_left_out()
    {
        var observations = Read(
            HarText.Chrome(more: "\"_fromCache\": \"memory\","),
            HarText.Chrome(more: "\"_fromCache\": \"disk\","),
            HarText.Chrome(responseMore: "\"_transferSize\": 0,"),
            HarText.Chrome(responseMore: "\"_fetchedViaServiceWorker\": true,"),
            HarText.Chrome(status: 304),
            HarText.Chrome().Replace("\"time\": 60.25", "\"time\": 0", StringComparison.Ordinal),
            HarText.Safari("Memory Cache"),
            HarText.Safari("Disk Cache"),
            HarText.Chrome(more: Fetched));

        Assert.Single(observations.Requests);
        Assert.Contains("8 answers were left out: from the browser's cache, or 304.", observations.Notes);
    }

    [Fact]
    public void What_is_no_download_is_left_out_but_counts_as_in_flight()
    {
        var observations = Read(
            HarText.Chrome(method: "POST"),
            HarText.Chrome(start: 10, status: 404),
            HarText.Chrome(start: 20),
            HarText.Chrome(start: 500));

        Assert.Equal([3, 1], observations.Requests.Select(request => request.Workers));
        Assert.Equal(3, observations.MaxWorkers);
        Assert.Contains("1 request was left out: the method is not GET.", observations.Notes);
        Assert.Contains("1 answer was left out: neither a download nor a fault of the server (3xx, 4xx).", observations.Notes);
    }

    [Fact]
    public void One_that_ends_as_another_is_sent_is_not_in_flight_with_it()
    {
        // Each takes 54.75 ms.
        var observations = Read(HarText.Chrome(), HarText.Chrome(start: 54.75), HarText.Chrome(start: 60));

        Assert.Equal([1, 1, 2], observations.Requests.Select(request => request.Workers));
    }

    [Fact]
    public void Refusals_and_failures_are_told_apart()
    {
        var observations = Read(
            HarText.Chrome(),
            HarText.Chrome(start: 1, status: 503),
            HarText.Chrome(start: 2, status: 429),
            HarText.Chrome(start: 3, status: 500),
            NoAnswer(4, "net::ERR_CONNECTION_RESET"),
            NoAnswer(5, "net::ERR_TIMED_OUT"),
            NoAnswer(6, "net::ERR_ABORTED"),
            NoAnswer(7, "net::ERR_BLOCKED_BY_CLIENT"),
            NoAnswer(8, ""));

        Assert.Equal(
            [
                ObservedOutcome.Succeeded, ObservedOutcome.Refused, ObservedOutcome.RateLimited, ObservedOutcome.Failed,
                ObservedOutcome.Failed, ObservedOutcome.TimedOut,
            ],
            observations.Requests.Select(request => request.Outcome));
        Assert.Equal([null, 3, 3, null, null, null], observations.Requests.Select(request => request.RetryAfter?.TotalSeconds));
        Assert.Equal([200, 503, 429, 500, null, null], observations.Requests.Select(request => request.Status));
        Assert.Contains("3 requests were left out: blocked or given up by the browser.", observations.Notes);

        static string NoAnswer(int start, string error) => HarText.Chrome(start: start, status: 0, responseMore: "\"_transferSize\": 0,")
            .Replace("\"_error\": null", $"\"_error\": \"{error}\"", StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_was_open_already_is_not_new_in_Firefox_either()
    {
        var observations = Read(HarText.Firefox(connect: 30, ssl: 20), HarText.Firefox("2026-10-10T14:00:00.200+02:00"));

        Assert.Equal(new ConnectionTiming(null, Ms(10), Ms(20)), observations.Requests[0].NewConnection);
        Assert.Null(observations.Requests[1].NewConnection);
        Assert.Equal([81, 51], observations.Requests.Select(request => request.Duration.TotalMilliseconds));
    }

    [Fact]
    public void Safaris_times_are_read()
    {
        var request = Assert.Single(Read(HarText.Safari()).Requests);

        Assert.Equal(58.6, request.Duration.TotalMilliseconds, 6);
        Assert.Equal(new ConnectionTiming(Ms(3), Ms(8), Ms(12.5)), request.NewConnection);
    }

    [Theory]
    [InlineData("http://example.org/", "http/1.1", WireProtocol.Http1)]
    [InlineData("https://example.org/", "HTTP/1.1", WireProtocol.Https)]
    [InlineData("https://example.org/", "h2", WireProtocol.Http2)]
    [InlineData("https://example.org/", "HTTP/2", WireProtocol.Http2)]
    [InlineData("https://example.org/", "http/2.0", WireProtocol.Http2)]
    [InlineData("https://example.org/", "h3", WireProtocol.Http2)]
    [InlineData("https://example.org/", "", WireProtocol.Https)]
    public void The_protocol_is_that_of_the_answers(string url, string version, WireProtocol protocol) =>
        Assert.Equal(protocol, Read(HarText.Chrome(url, httpVersion: version)).Protocol);

    [Fact]
    public void Pages_are_the_most_frequent_paths_with_their_median_size_and_without_queries()
    {
        var observations = Read(
            HarText.Chrome("https://example.org/rare?token=1", size: 10),
            HarText.Chrome("https://example.org/often?token=2", size: 100),
            HarText.Chrome("https://example.org/often", size: 300),
            HarText.Chrome("https://example.org/often", size: 200),
            HarText.Chrome("https://example.org/often", size: 7, status: 500));

        Assert.Equal([new ObservedPage("/often", 200), new ObservedPage("/rare", 10)], observations.Pages);
        Assert.Equal([1, 0, 0, 0, 0], observations.Requests.Select(request => request.Page));
    }

    [Fact]
    public void Paths_beyond_the_200_most_frequent_count_for_the_page_of_closest_size()
    {
        var frequent = Enumerable.Range(0, 200).SelectMany(index => Enumerable.Repeat(Page(index, 1000 * (index + 1)), 2));
        var observations = Read([.. frequent, Page(998, 5_100), Page(999, 9_000_000)]);

        Assert.Equal(200, observations.Pages.Count);
        Assert.Equal([5000, 200_000], observations.Requests.TakeLast(2).Select(request => observations.Pages[request.Page].Bytes));
        Assert.Contains(
            "2 requests were for paths beyond the 200 pages that are kept; each counts for the page whose size is closest.",
            observations.Notes);

        static string Page(int number, int size) => HarText.Chrome($"https://example.org/{number}", size: size);
    }

    [Theory]
    [InlineData("", "is empty; it must be a HAR file (JSON)")]
    [InlineData("{}", "is no HAR file: it has no log.entries")]
    [InlineData("null", "is no HAR file: it has no log.entries")]
    [InlineData("""{"schemaVersion": 1, "suites": []}""", "is no HAR file: it has no log.entries")]
    [InlineData("[1, 2]", "is no HAR file: $ is not what HAR 1.2 has there (line 1, byte 2)")]
    [InlineData("""{"log": {"entries": []}}""", "log.entries is empty: the browser recorded no request")]
    [InlineData("""{"log": {"entries": [null, {}, {"request": {"url": "about:blank"}}]}}""",
        "none of its 3 requests went to an http or https URL")]
    [InlineData("""{"log": {"entries": [{}, {"time": [] }]}}""",
        "is no HAR file: $.log.entries[1].time is not what HAR 1.2 has there (line 1, byte 36)")]
    [InlineData("this is a log", "is broken or cut off at line 1, byte 2, in the beginning: ")]
    public void A_file_that_is_none_is_refused_in_one_line(string text, string reason)
    {
        using var file = new TemporaryFile(text);

        AssertRefused(file.Path, reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(900)]
    [InlineData(2000)]
    public void A_file_that_is_cut_off_is_refused_with_the_place(int missing)
    {
        using var file = new TemporaryFile(HarText.File(HarText.Chrome(), HarText.Chrome())[..^missing]);

        AssertRefused(file.Path, "is broken or cut off at line ");
    }

    [Fact]
    public void The_entry_that_breaks_off_is_named()
    {
        using var file = new TemporaryFile(HarText.File(HarText.Chrome(), HarText.Chrome(), HarText.Chrome())[..^100]);

        Assert.Contains(", in entry 3: ", Refusal(file.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"wait\": 50", "\"wait\": 1e300", "timings.wait of entry 1 is 1E+300; it must be at most a day, in milliseconds")]
    [InlineData("2026-10-10T12:00:00.0000000Z", "0001-01-01T00:00:00Z",
        "startedDateTime of entry 1 is 0001-01-01T00:00:00Z; it must be a time as ISO 8601 has it")]
    [InlineData("2026-10-10T12:00:00.0000000Z", "soon\\u001b[31m",
        "startedDateTime of entry 1 is soon\\u001B[31m; it must be a time as ISO 8601 has it")]
    public void A_time_that_is_none_is_refused_with_its_entry(string text, string replacement, string reason)
    {
        var entry = HarText.Chrome().Replace(text, replacement, StringComparison.Ordinal);
        using var file = new TemporaryFile(HarText.File(entry));

        AssertRefused(file.Path, reason);
    }

    [Fact]
    public void A_recording_without_a_success_says_what_there_was()
    {
        using var file = new TemporaryFile(HarText.File(HarText.Chrome(status: 404), HarText.Chrome(method: "POST")));

        AssertRefused(file.Path, "holds no successful GET of a path that can be replayed, so nothing can be learnt from it. 1 request "
            + "was left out: the method is not GET. 1 answer was left out: neither a download nor a fault of the server (3xx, 4xx).");
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        AssertRefused(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")), "cannot be read: Could not find file ");
        AssertRefused(Path.GetTempPath(), "cannot be read: Access to the path ");
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_unread()
    {
        using var file = new TemporaryFile();
        using (var stream = File.OpenWrite(file.Path)) stream.SetLength(HarReader.MaxBytes + 1);

        AssertRefused(file.Path, "holds 200 MB; it must be at most 200 MB: export it without contents");
    }

    [Fact]
    public void More_entries_than_are_of_use_are_refused()
    {
        var entries = string.Join(',', Enumerable.Repeat("{}", HarFile.MaxEntries + 1));
        using var file = new TemporaryFile($$$"""{"log": {"entries": [{{{entries}}}]}}""");

        AssertRefused(file.Path, "holds more than 200,000 entries");
    }

    [Fact]
    public void What_no_browser_writes_does_no_harm()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"parent\":", 900)) + "{}" + new string('}', 900);
        var observations = Read(
            HarText.Chrome(more: $"\"_initiator2\": {deep},"),
            HarText.Chrome(start: 1, blocked: -5, wait: 0).Replace("\"receive\": 4.5", "\"receive\": -1", StringComparison.Ordinal),
            HarText.Chrome(start: 2).Replace("\"status\": 200", "\"status\": 1e30", StringComparison.Ordinal),
            HarText.Chrome("https://example.org/" + new string('x', 5000), start: 3),
            HarText.Chrome("https://example.org/\u001b[31m,=<script>", start: 4, size: -1),
            HarText.Chrome(start: 5).Replace("\"size\": 2000", "\"size\": 1e300", StringComparison.Ordinal));

        Assert.All(observations.Requests, request => Assert.InRange(request.BodyBytes, 0, 1L << 50));
        Assert.All(observations.Requests, request => Assert.True(request.Duration >= TimeSpan.Zero));
        Assert.All(observations.Pages, page => Assert.Matches("^/[a-zA-Z0-9/%.:;()_-]*$", page.Path));
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static Observations Read(params string[] entries)
    {
        using var file = new TemporaryFile(HarText.File(entries));
        return HarImporter.Read(file.Path);
    }

    private static string Refusal(string path)
    {
        var message = Assert.Throws<CalibrationException>(() => HarImporter.Read(path)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain('\u001b', message);
        return message;
    }

    private static void AssertRefused(string path, string reason) =>
        Assert.StartsWith($"{path}: {reason}", Refusal(path), StringComparison.Ordinal);
}
