using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>Invalid arguments, called in this process: one line that says what is wrong, and exit code 2. Alone, because a second copy of
/// the assembly changes the environment.</summary>
[Collection(TestCollections.Alone)]
public sealed class InvalidArgumentsTests
{
    /// <summary>What the line must name, separated by <c>…</c>: the option with its value, and what it takes. And the arguments.</summary>
    public static TheoryData<string, string[]> Invalid => new()
    {
        { "--workers 0…1…10000", ["--workers", "0"] },
        { "--workers a…1…10000", ["--workers", "a"] },
        { "--workers 1,,2…1…10000", ["--workers", "1,,2"] },
        { "--workers -3…1…10000", ["--workers", "-3"] },
        { "--workers", ["--workers"] },
        { "--downloads 0…1…10000000", ["--downloads", "0"] },
        { "--downloads 1.5…1…10000000", ["--downloads", "1.5"] },
        { "--latency -1…0…600000", ["--latency", "-1"] },
        { "--latency x…0…600000", ["--latency", "x"] },
        { "--fault-share 2…0…1", ["--fault-share", "2"] },
        { "--server nowhere…http", ["--server", "nowhere"] },
        { "--server ftp://127.0.0.1/…http", ["--server", "ftp://127.0.0.1/"] },
        { "nonsense", ["--nonsense"] },
        { "dowload", ["dowload", "http://127.0.0.1/"] },
        { "foo", ["--job", "foo"] },
        { "--job short…--rounds", ["--job", "short"] },
        { "--iterationCount 0…1 or more", ["--iterationCount", "0"] },
        { "--runtimes net9.0….NET 10", ["--runtimes", "net9.0"] },
        { "--launchCount 2…--rounds 2", ["--launchCount", "2"] },
        { "--rounds 0…1…100", ["--rounds", "0"] },
        { "'itertionCount'…--iterationCount", ["--itertionCount", "3"] },
        { "'wrkers'…--workers", ["--wrkers", "3"] },
        { "'fltr'…--filter", ["--fltr", "*"] },
        { "Capacity: …no command…--filter '*.Capacity.*'", ["Capacity"] },
        { "capcity: …no command…--filter '*.Capacity.*'", ["capcity"] },
        { "compar: …no command…Did you mean compare?", ["compar", "one.json", "two.json"] },
        { "reprt: …no command…Did you mean report?", ["reprt", "report.json"] },
        { "--nonsense: is no option of report. See report --help.", ["report", "report.json", "--nonsense"] },
        { "--picture: is no option of report. Did you mean --pictures?", ["report", "report.json", "--picture", "folder"] },
        { "--picture: is no option of report. Did you mean --pictures?", ["report", "--picture", "folder", "report.json"] },
        { "extra: is one argument too many for report…report --help", ["report", "report.json", "extra", "words"] },
        { "--pictures: is no option of docs", ["docs", "--pictures"] },
        { "--filter *Capcity*…'*Capacity*'", ["--filter", "*Capcity*"] },
        { "--filter *Nobody*…no case", ["--filter", "*Nobody*"] },
        { "--filter *Nobody*…no case", ["--filter", "*Nobody*", "--list", "flat"] },
        { "--server", ["load", "--clients", "3"] },
        { "--servr: is no option of load. Did you mean --server?", ["load", "--servr", "http://127.0.0.1:1", "--clients", "3"] },
        { "--server nowhere…http", ["load", "--server", "nowhere", "--clients", "3"] },
        { "--clients 0…1…1000", ["load", "--server", "http://127.0.0.1:1", "--clients", "0"] },
        { "--downloads 2…3 clients", ["load", "--server", "http://127.0.0.1:1", "--clients", "3", "--downloads", "2"] },
        { "--strategy Many…WorkerLoops", ["audit", "--server", "http://127.0.0.1:1", "--clients", "3", "--strategy", "Many"] },
        { "--join-seconds 0…1…3600", ["load", "--server", "http://127.0.0.1:1", "--clients", "3", "--join-seconds", "0"] },
        { "--wait-seconds 0…1…86400", ["audit", "--server", "http://127.0.0.1:1", "--clients", "3", "--wait-seconds", "0"] },
        { "--rounds", ["audit", "--server", "http://127.0.0.1:1", "--clients", "3", "--rounds", "3"] },
        { "download…downloader…src/Downloader.Tool", ["download", "http://127.0.0.1/"] },
        { "download…downloader…src/Downloader.Tool", ["download", "--workers", "5", "--input", "urls.txt"] },
        { "download…downloader…src/Downloader.Tool", ["download", "--help"] },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task One_line_names_the_option_the_value_and_what_it_takes(string named, string[] arguments) =>
        InvalidArguments.AssertRefused(named, await InProcessCommand.Run(arguments));

    [Fact]
    public async Task A_Debug_build_refuses_to_measure()
    {
        var result = await InProcessCommand.Run(() => DebugBuild.RunAsync("--quick"));

        InvalidArguments.AssertRefused("Debug build…dotnet run -c Release --project benchmarks", result);
    }
}
