using System.Diagnostics;
using Downloader.Tests.Library;
using Downloader.Tests.Support;

namespace Downloader.Tests.Tool;

/// <summary>What --output, --header, --retry, --input and --not-done do, called in this process.</summary>
public sealed class ToolOptionsTests : IDisposable
{
    private readonly HostileServer _server = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("downloader-").FullName;

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("ParallelForEachAsync")]
    [InlineData("DedicatedThreads")]
    [InlineData("WhenAllUnbounded")]
    public async Task Output_saves_complete_bodies_and_nothing_else(string strategy)
    {
        var good = _server.Url(ServerBehavior.Bytes, 70_000);
        string[] bad = [$"{_server.Url(ServerBehavior.CutShort)}", $"{_server.Url(ServerBehavior.NotFound)}"];

        var result = await InProcessTool.Run(
            ["--strategy", strategy, "--output", _folder, "--workers", "2", $"{good}", .. bad, $"{good}", $"{good}"]);

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Equal("Downloaded 3 in N seconds, 2 failed", DownloadSummary.WithoutTime(result));
        Assert.Equal(3, result.Output.Count(line => line == $"Read 70000 from {good}"));
        Assert.Equal(["70000", "70000-2", "70000-3"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(_folder), file => Assert.Equal(70_000, new FileInfo(file).Length));
    }

    [Theory]
    [InlineData("..%2F..%2Fescaped")]
    [InlineData("..%5C..%5Cescaped")]
    [InlineData("%2Ftmp%2Fescaped")]
    [InlineData("%00escaped")]
    [InlineData(".escaped")]
    public async Task Output_writes_one_file_in_its_folder_whatever_the_URL_says(string path)
    {
        var folder = Path.Combine(_folder, "a", "b");
        var url = $"{_server.UrlOfRawResponse("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")}/{path}";

        var result = await InProcessTool.Run("--output", folder, url);

        Assert.True(result.ExitCode == 0, result.ToString());
        var file = Assert.Single(Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories), File.Exists);
        Assert.Equal(folder, Path.GetDirectoryName(file));
        Assert.Equal("ok", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Headers_are_sent_with_each_request_and_the_last_of_one_name_does_not_hide_the_first()
    {
        using var server = new HeaderServer();

        var result = await InProcessTool.Run(
            "--header", "X-One: a: b ", "--header", "accept: text/html", "--header", "Accept: */*", "--header", "User-Agent: mine",
            "--header", "Cookie: a=1", "--header", "Cookie: b=2", "--repeat", "2", $"{server.Url}");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(2, server.Heads.Count);
        Assert.All(server.Heads, head =>
        {
            Assert.Contains("X-One: a: b", head);
            Assert.Contains("text/html, */*", head.Single(line => line.StartsWith("accept: ", StringComparison.OrdinalIgnoreCase)));
            Assert.Contains("User-Agent: mine", head);
            Assert.Contains("Cookie: a=1; b=2", head);
        });
    }

    [Fact]
    public async Task By_default_requests_say_who_asks()
    {
        using var server = new HeaderServer();

        await InProcessTool.Run($"{server.Url}");

        Assert.Contains(Assert.Single(server.Heads), line => line.StartsWith("User-Agent: Downloader", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retry_tries_again_and_counts_one_download()
    {
        // 503 with Retry-After: 0, so that no time passes. Without "close" the next try may meet a connection that the server is closing.
        var refusing = _server.UrlOfRawResponse("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        var result = await InProcessTool.Run("--retry", "2", $"{refusing}");

        Assert.Equal(3, _server.CountRequests(refusing));
        Assert.Equal([$"Failed {refusing}: 503 Busy"], result.Errors);
        Assert.Equal("Downloaded 0 in N seconds, 1 failed", DownloadSummary.WithoutTime(result));
    }

    [Fact]
    public async Task Without_retry_a_download_is_tried_once()
    {
        var refusing = _server.UrlOfRawResponse("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        await InProcessTool.Run("--retry", "0", $"{refusing}");
        await InProcessTool.Run($"{refusing}");

        Assert.Equal(2, _server.CountRequests(refusing));
    }

    [Fact]
    public async Task Retry_waits_as_long_as_the_server_asks()
    {
        var refusing = _server.UrlOfRawResponse("HTTP/1.1 429 Slow down\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n");

        await InProcessTool.Run("--retry", "1", $"{refusing}");

        var times = _server.Requests.Select(request => request.At).ToList();
        Assert.Equal(2, times.Count);
        // Without it the wait is about a second.
        Assert.InRange(Stopwatch.GetElapsedTime(times[0], times[1]), TimeSpan.FromSeconds(1.9), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Rate_limits_the_requests_per_second()
    {
        var url = _server.Url(ServerBehavior.Good);

        await InProcessTool.Run("--rate", "20", "--repeat", "24", $"{url}");

        var times = _server.Requests.Select(request => request.At).Order().ToList();
        Assert.Equal(24, times.Count);
        // 2 at once, 22 more at 20 a second.
        Assert.InRange(Stopwatch.GetElapsedTime(times[0], times[^1]), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Comments_and_blank_lines_of_the_input_are_skipped_and_other_text_fails()
    {
        var url = _server.Url(ServerBehavior.Good);

        var result = await InProcessTool.RunWithInput($"# list\n\n{url} # good\nnonsense\n", "--input", "-");

        Assert.Equal("Downloaded 1 in N seconds, 1 failed", DownloadSummary.WithoutTime(result));
        Assert.Equal(["Failed nonsense: must be an absolute http or https URL"], result.Errors);
    }

    [Fact]
    public async Task Not_done_is_empty_where_all_was_done_also_where_it_failed()
    {
        using var list = new TemporaryFile("left of another run");

        var result = await InProcessTool.Run("--not-done", list.Path, $"{_server.Url(ServerBehavior.NotFound)}");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(await File.ReadAllTextAsync(list.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Not_done_keeps_what_it_has_where_the_arguments_are_invalid()
    {
        using var list = new TemporaryFile("left of another run");

        Assert.Equal(2, (await InProcessTool.Run("--not-done", list.Path, "--input", "-")).ExitCode);

        Assert.Equal("left of another run", await File.ReadAllTextAsync(list.Path, TestContext.Current.CancellationToken));
    }
}
