using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Downloader.Benchmarks.Audit;
using Downloader.MockServer.Client;
using Downloader.Tests.Library;
using Downloader.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Downloader.Tests.Docs;

/// <summary>The README's code for each strategy: short, without this project, and it does what the strategy's name says. The programs are
/// compiled from the README and run.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed partial class StrategySnippetsTests(MockServerFixture mockServer) : IClassFixture<MockServerFixture>, IDisposable
{
    private const int MaxLines = 12;

    /// <summary>The beginning has a download for blocking strategies and one for the others; a program needs one of them.</summary>
    private const string UnusedLocalFunction = "CS8321";

    /// <summary>In place of the README's, so that the pool soon has a thread for each.</summary>
    private const int Workers = 4;

    private const int Downloads = 3 * Workers;

    /// <summary>A class that takes what the programs print; it hides System.Console.</summary>
    private const string Output = """
        public static class Console
        {
            public static System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();
            public static void WriteLine(string line) => Lines.Enqueue(line);
        }
        """;

    private readonly HostileServer _server = new();

    public static TheoryData<string> Strategies => [.. InFewLines];

    /// <summary>All but Adaptive, whose controller is more than a few lines: the library has it.</summary>
    private static IEnumerable<string> InFewLines =>
        StrategyCatalogue.All.Where(strategy => strategy is not AdaptiveStrategy).Select(strategy => strategy.Name);

    [Fact]
    public void Every_strategy_has_its_snippet_and_no_other_is_there() => Assert.Equal(
        InFewLines.Order(StringComparer.Ordinal),
        ReadmeSnippets.ByStrategy.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Strategies))]
    public void A_snippet_has_at_most_twelve_lines_and_compiles_without_this_project(string strategy)
    {
        var snippet = ReadmeSnippets.ByStrategy[strategy];

        Assert.InRange(snippet.TrimEnd('\n').Split('\n').Length, 1, MaxLines);
        var compilation = SnippetCompiler.Compile(withProject: false, ReadmeSnippets.Beginning + snippet);
        Assert.DoesNotContain(
            compilation.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != UnusedLocalFunction);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_snippet_keeps_all_its_workers_busy_and_goes_on_after_failures(string strategy)
    {
        Uri[] uris = [.. Enumerable.Range(0, Downloads).Select(index => _server.Url(ServerBehavior.Silent, index))];
        var expected = MaxInFlight(strategy);

        var (run, output) = Start(strategy, uris);
        await _server.WaitUntilAsync(server => server.InFlight == expected, $"{expected} in flight");
        // Nothing is answered until the server ends it.
        while (!run.IsCompleted)
        {
            _server.CloseUnfinished();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await run;
        // The handler itself may send a GET again whose connection was closed before the answer.
        Assert.All(uris, uri => Assert.InRange(_server.CountRequests(uri), 1, int.MaxValue));
        Assert.Equal(Downloads, output.Count(line => line.StartsWith("Failed http://127.0.0.1", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_snippet_downloads_each_URL_once_and_never_more_at_once_than_it_says(string strategy)
    {
        mockServer.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(20) });
        mockServer.Control.ResetAudit();

        var (run, output) = Start(strategy, [.. Enumerable.Repeat(mockServer.Dice, Downloads)]);
        await run.WaitAsync(DownloadRunner.HangLimit, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Repeat($"Read 276 from {mockServer.Dice}", Downloads), output);
        var requests = mockServer.Control.ReadAudit().Requests;
        Assert.Equal(Downloads, requests.Count);
        Assert.InRange(ConcurrencyCalculator.Peak(requests), 1, MaxInFlight(strategy));
    }

    public void Dispose() => _server.Dispose();

    private static int MaxInFlight(string strategy) => StrategyCatalogue.Find(strategy) switch
    {
        { Kind: StrategyKind.Sequential } => 1,
        { IsBounded: true } => Workers,
        _ => Downloads,
    };

    /// <summary>Compiles a strategy's program with a list of its own, and starts it on a thread of its own.</summary>
    private static (Task Run, IEnumerable<string> Output) Start(string strategy, Uri[] uris)
    {
        var program = ReadmeSnippets.Beginning + ReadmeSnippets.ByStrategy[strategy];
        var list = string.Join(", ", uris.Select(uri => $"new(\"{uri}\")"));
        program = WorkerCount().Replace(ListOfUrls().Replace(program, $"Uri[] urls = [{list}];", 1), $"{Workers}");
        using var image = new MemoryStream();
        var result = SnippetCompiler.Compile(withProject: false, program, Output)
            .Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        var output = (IEnumerable<string>)assembly.GetType("Console")!.GetProperty("Lines")!.GetValue(null)!;
        var run = Task.Factory.StartNew(
            () => assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return (run, output);
    }

    [GeneratedRegex(@"^Uri\[\] urls = .*;$", RegexOptions.Multiline)]
    private static partial Regex ListOfUrls();

    [GeneratedRegex(@"\b16\b")]
    private static partial Regex WorkerCount();
}
