using System.Diagnostics;
using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Probing;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>What a server sees of a calibration.</summary>
public sealed class ProberPolitenessTests
{
    private static readonly string[] RetryInOneSecond = ["HTTP/1.1 429 Too Many Requests", "Retry-After: 1", "Content-Length: 0", "", ""];

    private static string TooMany => string.Join("\r\n", RetryInOneSecond);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_request_names_the_tool_and_robots_txt_comes_first()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok);

        await Run(server, options => options with { MaxRequests = 30, MaxWorkers = 2 });

        Assert.Equal("/robots.txt", server.Requests.First().Path);
        Assert.Single(server.Requests, request => request.Path == "/robots.txt");
        Assert.All(server.Requests, request => Assert.Contains($"User-Agent: {ProbeUserAgent.Text}", request.Head));
        Assert.Matches("^Downloader/[0-9][^ ]* \\(calibrate\\)$", ProbeUserAgent.Text);
    }

    [Theory]
    [InlineData(300, 32)]
    [InlineData(40, 5)]
    [InlineData(20, 1)]
    public async Task It_never_sends_more_requests_or_more_at_once_than_it_may(int maxRequests, int maxWorkers)
    {
        using var server = new ScriptedServer(async _ =>
        {
            await Task.Delay(5);
            return ScriptedServer.Ok;
        });

        var observations = await Run(server, options => options with { MaxRequests = maxRequests, MaxWorkers = maxWorkers });

        Assert.InRange(server.Requests.Count, maxRequests * 3 / 4, maxRequests);
        // On a busy machine a request may have its answer before the last of the others is sent.
        Assert.InRange(server.Requests.Max(request => request.InFlight), Math.Min(2, maxWorkers), maxWorkers);
        Assert.Equal(server.PageRequests.Count, observations.Requests.Count);
        Assert.Equal(maxWorkers, observations.MaxWorkers);
    }

    [Fact]
    public async Task Its_last_report_counts_all_requests()
    {
        var last = new LastProgress();
        using var server = new ScriptedServer(async _ =>
        {
            await Task.Delay(5);
            return ScriptedServer.Ok;
        });
        var options = new ProbeOptions(ProbeTarget.Parse([server.Page.AbsoluteUri])) { MaxRequests = 80, PauseAfterRobots = TimeSpan.Zero };

        await new Prober(options, last).RunAsync(Token);

        Assert.Equal(server.Requests.Count, last.Value.Requests);
    }

    [Fact]
    public async Task Requests_that_the_handler_sends_again_are_among_those_that_it_may_send()
    {
        const int MaxRequests = 60;
        using var server = new ScriptedServer(async request =>
        {
            await Task.Delay(5);
            return request.Index % 3 == 2 ? ScriptedServer.Close : ScriptedServer.Ok;
        });

        await Run(server, options => options with { MaxRequests = MaxRequests, MaxWorkers = 8 });

        Assert.InRange(server.Requests.Count, MaxRequests * 3 / 4, MaxRequests);
    }

    [Fact]
    public async Task A_server_that_counts_a_second_has_forgotten_robots_txt_before_the_first_request()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok);
        var options = new ProbeOptions(ProbeTarget.Parse([server.Page.AbsoluteUri])) { MaxRequests = 20, MaxWorkers = 1 };

        await new Prober(options).RunAsync(Token);

        var (robots, first) = (server.Requests.First(), server.PageRequests[0]);
        Assert.True(Stopwatch.GetElapsedTime(robots.Answered, first.Arrived).TotalSeconds >= 1);
    }

    [Fact]
    public async Task Queries_are_sent_and_not_kept()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok);
        var target = ProbeTarget.Parse([$"{server.Page}?key=secret", $"{server.Page}?key=other"]);

        var observations = await Run(server, options => options with { Target = target, MaxRequests = 24, MaxWorkers = 1 });

        Assert.Contains(server.PageRequests, request => request.Path.EndsWith("?key=secret", StringComparison.Ordinal));
        Assert.Equal(2, observations.Pages.Select(page => page.Path).Distinct().Count());
        Assert.DoesNotContain(observations.Pages, page => page.Path.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HTTP/1.0", true)]
    [InlineData("HTTP/1.1", false)]
    public async Task The_version_that_the_server_speaks_is_noted(string version, bool isHttp10)
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok, robots: $"{version} 404 Not Found\r\nContent-Length: 0\r\n\r\n");

        var observations = await Run(server, options => options with { MaxRequests = 24, MaxWorkers = 1 });

        Assert.Equal(isHttp10, observations.IsHttp10);
    }

    [Fact]
    public async Task Nothing_is_requested_that_robots_txt_forbids()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok, ScriptedServer.WithBody("User-agent: *\nDisallow: /page"));

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server));

        Assert.Contains("robots.txt does not allow Downloader", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.PageRequests);
    }

    [Fact]
    public async Task Without_an_answer_for_robots_txt_nothing_is_requested()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server));

        Assert.Contains("robots.txt: cannot be read (500 Internal Server Error)", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.PageRequests);
    }

    [Fact]
    public async Task A_Crawl_delay_is_a_pause_between_requests()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok, ScriptedServer.WithBody("User-agent: *\nCrawl-delay: 0.05"));

        await Run(server, options => options with { MaxTime = TimeSpan.FromSeconds(2) });

        var arrivals = server.PageRequests.Select(request => request.Arrived).ToList();
        var gaps = arrivals.Zip(arrivals.Skip(1), (one, next) => Stopwatch.GetElapsedTime(one, next).TotalSeconds);
        Assert.True(arrivals.Count > 5, $"{arrivals.Count} requests");
        // A request that was delayed on its way comes closer to the next one.
        Assert.InRange(gaps.Order().ElementAt((arrivals.Count - 1) / 2), 0.045, 1);
        Assert.Equal(1, server.Requests.Max(request => request.InFlight));
    }

    [Fact]
    public async Task A_Crawl_delay_too_long_to_measure_ends_it()
    {
        using var server = new ScriptedServer(_ => ScriptedServer.Ok, ScriptedServer.WithBody("User-agent: *\nCrawl-delay: 10"));

        var error = await Assert.ThrowsAsync<CalibrationException>(() => Run(server));

        Assert.Contains("asks for 10 s between two requests", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.PageRequests);
    }

    [Fact]
    public async Task After_a_refusal_nothing_is_sent_before_the_wait_is_over_and_it_climbs_no_higher()
    {
        const int Refused = 80;
        using var server = new ScriptedServer(async request =>
        {
            await Task.Delay(5);
            return request.Index == Refused ? TooMany : ScriptedServer.Ok;
        });

        var observations = await Run(server);

        var refusal = server.PageRequests[Refused];
        var after = server.PageRequests.Where(request => request.Arrived > refusal.Answered).ToList();
        var early = after.Where(request => Stopwatch.GetElapsedTime(refusal.Answered, request.Arrived).TotalSeconds < 1).ToList();
        // A request that was sent before the refusal had been read may arrive just after it.
        var seen = Assert.Single(observations.Requests, request => request.Outcome == ObservedOutcome.RateLimited);
        Assert.InRange(early.Count, 0, seen.Workers);
        Assert.True(after.Count > early.Count, "It went on after the wait.");
        Assert.InRange(after.Except(early).Max(request => request.InFlight), 1, seen.Workers);
        var later = observations.Requests.Where(request => request.Sent > seen.Ended);
        Assert.All(later, request => Assert.InRange(request.Workers, 1, seen.Workers));
        Assert.Contains(observations.Notes, note => note.Contains("stopped climbing", StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromSeconds(1), seen.RetryAfter);
    }

    [Fact]
    public async Task A_used_up_RateLimit_header_is_a_limit_too()
    {
        const int Announced = 30;
        using var server = new ScriptedServer(request => request.Index == Announced
            ? "HTTP/1.1 200 OK\r\nRateLimit: \"default\";r=0;t=1\r\nContent-Length: 2\r\n\r\nok"
            : ScriptedServer.Ok);

        await Run(server);

        var (announced, next) = (server.PageRequests[Announced], server.PageRequests[Announced + 1]);
        Assert.True(Stopwatch.GetElapsedTime(announced.Answered, next.Arrived).TotalSeconds >= 1);
        Assert.Equal(1, server.PageRequests.Max(request => request.InFlight));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_ends_it_with_what_is_known()
    {
        using var server = new ScriptedServer(request => request.Index == 40
            ? "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n"
            : ScriptedServer.Ok);

        var observations = await Run(server);

        Assert.Equal(41, observations.Requests.Count);
        Assert.Contains("The server asked to wait for 60 minutes, which is longer than a calibration waits.", observations.Notes);
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public async Task Few_requests_are_refused_where_the_server_limits_their_rate()
    {
        var window = new Queue<long>();
        using var server = new ScriptedServer(async request =>
        {
            await Task.Delay(2);
            lock (window)
            {
                while (window.Count > 0 && Stopwatch.GetElapsedTime(window.Peek(), request.Arrived).TotalSeconds >= 1) window.Dequeue();
                if (window.Count >= 40) return TooMany;
                window.Enqueue(request.Arrived);
                return ScriptedServer.Ok;
            }
        });

        var observations = await Run(server);

        var refused = observations.Requests.Count(request => request.Outcome == ObservedOutcome.RateLimited);
        Assert.InRange(refused, 2, 4);
        Assert.True(refused <= 0.05 * observations.Requests.Count, $"{refused} of {observations.Requests.Count}");
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public async Task Where_more_at_once_are_refused_it_finds_the_number_that_is_not()
    {
        const int Limit = 5;
        using var server = new ScriptedServer(async request =>
        {
            if (request.InFlight > Limit) return "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n";
            await Task.Delay(30);
            return ScriptedServer.Ok;
        });

        var observations = await Run(server);

        var refused = observations.Requests.Where(request => request.Outcome == ObservedOutcome.Refused).ToList();
        Assert.InRange(refused.Count, 1, 5);
        var after = observations.Requests.Where(one => one.Sent > refused[0].Ended);
        var accepted = after.Count(request => request.Outcome == ObservedOutcome.Succeeded && request.Workers == Limit);
        Assert.True(accepted >= 20, $"{accepted} accepted with {Limit} workers");
    }

    [Fact]
    public async Task It_ends_when_it_is_stopped_with_what_was_seen()
    {
        using var stop = new CancellationTokenSource();
        using var server = new ScriptedServer(async request =>
        {
            if (request.Index == 25) await stop.CancelAsync();
            return ScriptedServer.Ok;
        });

        var options = new ProbeOptions(ProbeTarget.Parse([server.Page.AbsoluteUri])) { PauseAfterRobots = TimeSpan.Zero };
        var observations = await new Prober(options).RunAsync(stop.Token);

        Assert.InRange(observations.Requests.Count, 20, 26);
        Assert.InRange(server.PageRequests.Count, 26, 27);
    }

    private static Task<Observations> Run(ScriptedServer server, Func<ProbeOptions, ProbeOptions>? change = null)
    {
        var options = new ProbeOptions(ProbeTarget.Parse([server.Page.AbsoluteUri])) { PauseAfterRobots = TimeSpan.Zero };
        return new Prober(change is null ? options : change(options)).RunAsync(Token);
    }

    private sealed class LastProgress : IProgress<ProbeProgress>
    {
        public ProbeProgress Value { get; private set; }

        public void Report(ProbeProgress value) => Value = value;
    }
}
