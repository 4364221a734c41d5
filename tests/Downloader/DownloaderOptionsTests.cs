namespace Downloader.Tests.Library;

public sealed class DownloaderOptionsTests
{
    public static TheoryData<string, Action<DownloaderOptions>> Bad => new()
    {
        { "Timeout is 00:00:00; it must be more than zero and at most 24 days, or infinite.", options => options.Timeout = TimeSpan.Zero },
        {
            "Timeout is 25.00:00:00; it must be more than zero and at most 24 days, or infinite.",
            options => options.Timeout = TimeSpan.FromDays(25)
        },
        { "MaxBytes is -1; it must be 0 or more bytes.", options => options.MaxBytes = -1 },
        {
            "PooledConnectionLifetime is -00:00:01; it must be more than zero, or infinite.",
            options => options.PooledConnectionLifetime = TimeSpan.FromSeconds(-1)
        },
        { "HttpVersion is 1.2; it must be 1.0, 1.1, 2.0 or 3.0.", options => options.HttpVersion = new Version(1, 2) },
        {
            "HttpVersionPolicy is 7; it must be a member of the enumeration.",
            options => options.HttpVersionPolicy = (HttpVersionPolicy)7
        },
        { "Headers[X-Line] is a\\u000Ab; it must be printable ASCII.", options => options.Headers["X-Line"] = "a\nb" },
        { "Headers[X-Null] is null; it must be printable ASCII.", options => options.Headers["X-Null"] = null! },
        { "Headers is Content-Type; it must be names of request headers.", options => options.Headers["Content-Type"] = "text/html" },
        { "Headers is no name; it must be names of request headers.", options => options.Headers["no name"] = "x" },
        { "HttpVersion is null; it must be 1.0, 1.1, 2.0 or 3.0.", options => options.HttpVersion = null! },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_range_is_one_line_with_name_value_and_range(string message, Action<DownloaderOptions> spoil)
    {
        var options = new DownloaderOptions();
        spoil(options);

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => DownloadHandlerFactory.Create(options)).Message);
    }

    [Fact]
    public void The_caller_can_change_the_handler_after_the_options()
    {
        var options = new DownloaderOptions { ConfigureHandler = handler => handler.MaxConnectionsPerServer = 7 };

        using var handler = DownloadHandlerFactory.Create(options);

        Assert.Equal(7, handler.MaxConnectionsPerServer);
    }
}
