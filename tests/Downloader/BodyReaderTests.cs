using System.Text;
using Downloader.Tests.Support;
using static Downloader.Tests.Library.ServerBehavior;

namespace Downloader.Tests.Library;

/// <summary>Readers of bodies, blocking and not.</summary>
public sealed class BodyReaderTests : IDisposable
{
    private const string Euro = "5 € für Ødipus";
    private static readonly string[] Unicode = ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];
    private readonly HostileServer _server = new();
    private readonly DownloaderOptions _options = new() { MaxBytes = 50_000 };
    private readonly string _folder = Directory.CreateTempSubdirectory("downloader-").FullName;

    public static TheoryData<bool> Blocking => [true, false];

    public static TheoryData<string, string, bool> Texts
    {
        get
        {
            (string ContentType, string Encoding)[] texts =
            [
                ("text/html; charset=utf-8", "utf-8"),
                ("text/html; charset=\"UTF-8\"", "utf-8"),
                ("text/html", "utf-8"),
                ("text/html; charset=windows-1252", "windows-1252"),
                ("text/html; charset=utf-16", "utf-16"),
                ("text/html; charset=utf-16be", "utf-16BE"),
            ];
            return
            [
                .. texts.Select(text => (text.ContentType, text.Encoding, true)),
                .. texts.Select(text => (text.ContentType, text.Encoding, false)),
            ];
        }
    }

    public static TheoryData<string, bool> Marks =>
        [.. Unicode.SelectMany(name => new[] { (name, true), (name, false) })];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_is_read_in_the_charset_of_its_header_else_as_UTF_8(string contentType, string encoding, bool blocking)
    {
        var result = await GetAsync(UrlOf(contentType, Find(encoding).GetBytes(Euro)), BodyReaders.Text, blocking);

        Assert.Equal(Euro, result.Value);
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_byte_order_mark_names_the_encoding_where_no_header_does_and_is_no_part_of_the_text(string encoding, bool blocking)
    {
        byte[] marked = [.. Find(encoding).GetPreamble(), .. Find(encoding).GetBytes(Euro)];

        var unnamed = await GetAsync(UrlOf("text/plain", marked), BodyReaders.Text, blocking);
        var named = await GetAsync(UrlOf($"text/plain; charset={encoding}", marked), BodyReaders.Text, blocking);

        Assert.Equal(Euro, unnamed.Value);
        Assert.Equal(Euro, named.Value);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task An_unknown_charset_is_a_failure_that_names_it(bool blocking)
    {
        var result = await GetAsync(UrlOf("text/html; charset=klingon", "x"u8), BodyReaders.Text, blocking);

        Assert.Equal(new DownloadFailure(FailureReason.BodyReaderFailed, "The charset klingon is not known"), result.Failure);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task Bytes_are_those_of_the_body_however_long_it_is(bool blocking)
    {
        _options.MaxBytes = 3_000_000;

        foreach (var bytes in new[] { 0, 1, 4095, 4096, 4097, 300_000, 3_000_000 })
        {
            var result = await GetAsync(_server.Url(Bytes, bytes), BodyReaders.Bytes, blocking);
            Assert.Equal(bytes, result.Value?.Length);
        }

        var hello = await GetAsync(UrlOf("text/plain", "hello"u8), BodyReaders.Bytes, blocking);
        Assert.Equal("hello"u8.ToArray(), hello.Value);
    }

    [Theory]
    [InlineData(Good, true)]
    [InlineData(Good, false)]
    [InlineData(GoodChunked, true)]
    [InlineData(GoodChunked, false)]
    public async Task A_file_has_the_body_in_a_folder_that_is_made_and_replaces_an_older_one(ServerBehavior behavior, bool blocking)
    {
        var path = Path.Combine(_folder, "new", "folder", new string('x', 250));

        for (var times = 0; times < 2; times++)
        {
            var result = await GetAsync(_server.Url(behavior), BodyReaders.File(_ => path), blocking);
            Assert.Equal(path, result.Value);
            Assert.Equal(new string('x', HostileServer.GoodBytes), await File.ReadAllTextAsync(path, Cancellation));
            await File.WriteAllTextAsync(path, "older", Cancellation);
        }

        Assert.Equal([path], Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(CutShort, FailureReason.BodyTruncated, true)]
    [InlineData(CutShort, FailureReason.BodyTruncated, false)]
    [InlineData(CutShortChunked, FailureReason.BodyTruncated, true)]
    [InlineData(CutShortChunked, FailureReason.BodyTruncated, false)]
    [InlineData(Endless, FailureReason.BodyTooLong, true)]
    [InlineData(Endless, FailureReason.BodyTooLong, false)]
    [InlineData(Stalled, FailureReason.Timeout, true)]
    [InlineData(Stalled, FailureReason.Timeout, false)]
    [InlineData(NotFound, FailureReason.HttpStatus, true)]
    [InlineData(NotFound, FailureReason.HttpStatus, false)]
    public async Task Of_a_failed_download_no_file_is_left_and_an_older_one_stays(
        ServerBehavior behavior, FailureReason reason, bool blocking)
    {
        _options.Timeout = behavior is Stalled ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromMinutes(1);
        var path = Path.Combine(_folder, "page");
        await File.WriteAllTextAsync(path, "older", Cancellation);

        var result = await GetAsync(_server.Url(behavior), BodyReaders.File(_ => path), blocking);

        Assert.Equal(reason, result.Failure?.Reason);
        Assert.Null(result.Value);
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(_folder));
        Assert.Equal("older", await File.ReadAllTextAsync(path, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_file_that_cannot_be_written_is_a_failure_of_the_reader(bool blocking)
    {
        var result = await GetAsync(_server.Url(Good), BodyReaders.File(_ => _folder), blocking);

        Assert.Equal(FailureReason.BodyReaderFailed, result.Failure?.Reason);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_file_is_not_there_by_its_name_before_it_is_complete(bool blocking)
    {
        var path = Path.Combine(_folder, "page");
        var download = GetAsync(_server.Url(Stalled), BodyReaders.File(_ => path), blocking);

        await Eventually.Is(9, () => Directory.EnumerateFiles(_folder).Sum(file => (int)new FileInfo(file).Length));
        var name = Path.GetFileName(Directory.EnumerateFiles(_folder).Single());
        _server.CloseUnfinished();
        await download;

        Assert.EndsWith(".part", name, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_reader_that_throws_is_a_failed_download_with_its_message_on_one_line_and_is_not_tried_again(bool blocking)
    {
        _options.Resilience = DownloadResilience.Create(new DownloadResilienceOptions { Delay = TimeSpan.FromMilliseconds(1) });
        var reader = Reader<int>(_ => throw new FormatException("no\nnumber"));

        var result = await GetAsync(_server.Url(Good), reader, blocking);

        Assert.Equal(FailureReason.BodyReaderFailed, result.Failure?.Reason);
        Assert.Equal("no\\u000Anumber", result.Failure?.Message);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [MemberData(nameof(DownloadRunner.StrategyNames), MemberType = typeof(DownloadRunner))]
    public async Task A_reader_that_throws_stops_no_other_download(string strategy)
    {
        using var clients = new SharedClientSource(_options);
        var request = new DownloadRequest([.. Enumerable.Repeat(_server.Url(Good), 12)], 4, clients);
        var reader = BodyReaders.Create(
            (body, _) => new ValueTask<long>(OddOnly(body)),
            (body, _) => OddOnly(body));

        var results = await StrategyCatalogue.Find(strategy)!.RunAsync(request, reader, Cancellation);

        Assert.Equal(Enumerable.Range(0, 12), results.Select(result => (int)result.Item.Index));
        Assert.All(results, result => Assert.Equal(
            result.Item.Index % 2 == 0 ? "even" : null, result.Failure?.Message));
        Assert.All(results.Where(result => result.Succeeded), result => Assert.Equal(result.Item.Index, result.Value));

        static long OddOnly(DownloadBody body) =>
            body.Item.Index % 2 == 1 ? body.Item.Index : throw new InvalidOperationException("even");
    }

    [Theory]
    [InlineData(CutShort, FailureReason.BodyTruncated, true)]
    [InlineData(CutShort, FailureReason.BodyTruncated, false)]
    [InlineData(Endless, FailureReason.BodyTooLong, true)]
    [InlineData(Endless, FailureReason.BodyTooLong, false)]
    public async Task What_ended_the_body_is_the_failure_whether_a_reader_wraps_it_or_hides_it(
        ServerBehavior behavior, FailureReason reason, bool blocking)
    {
        var wraps = Reader<string>(e => throw new InvalidOperationException("reader", e));
        var hides = Reader(_ => "a part");

        Assert.Equal(reason, (await GetAsync(_server.Url(behavior), wraps, blocking)).Failure?.Reason);
        var hidden = await GetAsync(_server.Url(behavior), hides, blocking);
        Assert.Equal(reason, hidden.Failure?.Reason);
        Assert.Null(hidden.Value);
    }

    [Theory]
    [InlineData(GoodChunked, true)]
    [InlineData(GoodChunked, false)]
    [InlineData(Endless, true)]
    [InlineData(Endless, false)]
    public async Task A_reader_gets_no_more_than_MaxBytes(ServerBehavior behavior, bool blocking)
    {
        _options.MaxBytes = 999;
        var received = 0;
        var reader = BodyReaders.Create(
            async (body, token) =>
            {
                for (var bytes = 1; bytes > 0; received += bytes) bytes = await body.Stream.ReadAsync(new byte[100], token);
                return 0;
            },
            (body, _) =>
            {
                for (var bytes = 1; bytes > 0; received += bytes) bytes = body.Stream.Read(new byte[100], 0, 100);
                return 0;
            });

        var result = await GetAsync(_server.Url(behavior), reader, blocking);

        Assert.Equal("The body is longer than 999 bytes", result.Failure?.Message);
        Assert.InRange(received, 1, 999);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task The_timeout_ends_a_read_whose_reader_ignores_its_token(bool blocking, bool readsBlocking)
    {
        _options.Timeout = TimeSpan.FromMilliseconds(300);
        var reader = BodyReaders.Create(
            async (body, _) =>
            {
                if (readsBlocking) body.Stream.CopyTo(Stream.Null);
                else await body.Stream.CopyToAsync(Stream.Null, CancellationToken.None);
                return 0;
            },
            (body, _) =>
            {
                body.Stream.CopyTo(Stream.Null);
                return 0;
            });

        var result = await GetAsync(_server.Url(Stalled), reader, blocking);

        Assert.Equal(FailureReason.Timeout, result.Failure?.Reason);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_token_of_the_reader_s_own_ends_its_read_and_is_the_reader_s_failure(bool blocking)
    {
        Assert.SkipWhen(blocking, "A synchronous read takes no token.");
        using var own = new CancellationTokenSource();
        var reader = BodyReaders.Create(async (body, _) =>
        {
            own.CancelAfter(TimeSpan.FromMilliseconds(50));
            await body.Stream.CopyToAsync(Stream.Null, own.Token);
            return 0;
        });

        var result = await GetAsync(_server.Url(Stalled), reader, blocking);

        Assert.Equal(FailureReason.BodyReaderFailed, result.Failure?.Reason);
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_reader_may_stop_early_and_its_connection_is_closed(bool blocking)
    {
        var reader = BodyReaders.Create(
            async (body, token) => (await body.Stream.ReadAtLeastAsync(new byte[10], 10, cancellationToken: token)).ToString(),
            (body, _) => body.Stream.ReadAtLeast(new byte[10], 10).ToString());
        using var client = new DownloadClient(DownloadHandlerFactory.Create(_options), _options);

        var result = await GetAsync(client, _server.Url(Endless), reader, blocking);

        Assert.Null(result.Failure);
        Assert.Equal(("10", 10), (result.Value, result.BytesRead));
        await _server.WaitUntilAsync(server => server.Open == 0, "the connection closed while its client still lives");
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task The_stream_is_closed_once_the_reader_has_returned(bool blocking)
    {
        var reader = BodyReaders.Create((body, _) => new ValueTask<Stream>(body.Stream), (body, _) => body.Stream);

        var result = await GetAsync(_server.Url(Good), reader, blocking);

        Assert.Throws<ObjectDisposedException>(() => result.Value!.ReadByte());
    }

    [Theory]
    [MemberData(nameof(Blocking))]
    public async Task A_reader_sees_the_headers_of_the_body_and_the_item_and_no_response_of_an_error(bool blocking)
    {
        var calls = 0;
        var reader = BodyReaders.Create((body, _) => new ValueTask<string>(Describe(body)), (body, _) => Describe(body));

        var result = await GetAsync(UrlOf("text/plain", "hello"u8), reader, blocking);
        await GetAsync(_server.Url(NotFound), reader, blocking);

        Assert.Equal("7 text/plain 5", result.Value);
        Assert.Equal(1, calls);

        string Describe(DownloadBody body)
        {
            calls++;
            return $"{body.Item.Index} {body.Headers.ContentType} {body.Headers.ContentLength}";
        }
    }

    [Theory]
    [MemberData(nameof(DownloadRunner.StrategyNames), MemberType = typeof(DownloadRunner))]
    public async Task A_reader_without_a_synchronous_form_is_refused_at_once_by_strategies_that_block(string name)
    {
        using var clients = new SharedClientSource(_options);
        var strategy = StrategyCatalogue.Find(name)!;
        var reader = BodyReaders.Create((_, _) => new ValueTask<string>("read"));
        var request = new DownloadRequest([_server.Url(Good)], 1, clients);
        var settings = new DownloadSettings { Strategy = strategy };
        var downloader = new ConcurrentDownloader(clients);

        if (strategy.Kind is StrategyKind.Asynchronous)
        {
            Assert.Equal("read", Assert.Single(await strategy.RunAsync(request, reader, Cancellation)).Value);
            return;
        }

        await Assert.ThrowsAsync<ArgumentException>(() => strategy.RunAsync(request, reader, Cancellation));
        var error = Assert.Throws<ArgumentException>(() => downloader.DownloadAsync(request.Uris, reader, settings, Cancellation));
        Assert.StartsWith($"{name} blocks its threads; it must be an asynchronous strategy", error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Encoding Find(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

    /// <summary>Reads all, and then does this with the exception that ended it.</summary>
    private static BodyReader<T> Reader<T>(Func<Exception?, T> end) => BodyReaders.Create(
        async (body, token) =>
        {
            Exception? error = null;
            try
            {
                await body.Stream.CopyToAsync(Stream.Null, token);
            }
            catch (IOException e)
            {
                error = e;
            }

            return end(error);
        },
        (body, _) =>
        {
            Exception? error = null;
            try
            {
                body.Stream.CopyTo(Stream.Null);
            }
            catch (IOException e)
            {
                error = e;
            }

            return end(error);
        });

    private Uri UrlOf(string contentType, ReadOnlySpan<byte> body) => _server.UrlOfRawResponse(
        $"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n{Encoding.Latin1.GetString(body)}");

    private async Task<DownloadResult<T>> GetAsync<T>(Uri uri, BodyReader<T> reader, bool blocking)
    {
        using var client = new DownloadClient(DownloadHandlerFactory.Create(_options), _options);
        return await GetAsync(client, uri, reader, blocking);
    }

    private static Task<DownloadResult<T>> GetAsync<T>(DownloadClient client, Uri uri, BodyReader<T> reader, bool blocking)
    {
        var item = new DownloadItem(7, uri);
        var download = blocking
            ? Task.Factory.StartNew(
                () => client.Get(item, reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : client.GetAsync(item, reader, CancellationToken.None).AsTask();
        return download.WaitAsync(DownloadRunner.HangLimit, Cancellation);
    }
}
