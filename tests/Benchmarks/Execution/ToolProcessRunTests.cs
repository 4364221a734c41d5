using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Execution;

/// <summary>Cases whose downloads the tool makes, as a process of its own, run by the code of the child processes.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class ToolProcessRunTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    private static readonly IReadOnlyList<string> Tool = ["dotnet", "exec", BuiltProgram.Tool];

    private static readonly DownloadCase Case = new("WorkerLoops", 8, new Scenario { Latency = TimeSpan.FromMilliseconds(20) }, 40)
    {
        Tool = ToolCompilation.JustInTime,
        MinWarmUp = TimeSpan.Zero,
    };

    [Fact]
    public void Each_iteration_is_a_process_that_passes_the_audit()
    {
        var log = Run(Case, Tool, iterations: 2);

        Assert.Empty(Auditor.Check(ExpectationFactory.Create(Case), log));
        Assert.All(log.Iterations, iteration => Assert.Equal(40, ReportOf(iteration).Succeeded));
        // A process opens connections of its own.
        var connections = log.Requests.Select(request => (request.Iteration, request.Connection)).Distinct().ToArray();
        Assert.Equal(connections.Length, connections.DistinctBy(one => one.Connection).Count());
        Assert.InRange(ConcurrencyCalculator.Peak(log.Requests), 5, 8);
    }

    [Fact]
    public void What_this_process_costs_is_not_reported_as_the_tool_s()
    {
        var report = ReportOf(Run(Case, Tool).Iterations[0]);

        Assert.All<object?>([report.CpuMilliseconds, report.AllocatedBytes, report.PeakMemoryBytes, report.FirstMs], Assert.Null);
    }

    [Fact]
    public void Failed_downloads_have_the_reason_that_the_tool_prints()
    {
        var faulty = Case with
        {
            Scenario = new Scenario { Latency = TimeSpan.Zero, FaultShare = 0.25, Faults = FaultKinds.ServerError },
        };

        var log = Run(faulty, Tool);

        Assert.Empty(Auditor.Check(ExpectationFactory.Create(faulty), log));
        Assert.Equal([10], ReportOf(log.Iterations[0]).Failures.Values);
    }

    [Fact]
    public void Retries_are_the_tool_s()
    {
        var refused = Case with
        {
            MaxRetries = 5,
            Scenario = new Scenario { Latency = TimeSpan.FromMilliseconds(20), Capacity = 4, Queue = 2, RetryAfter = TimeSpan.Zero },
        };

        var log = Run(refused, Tool);

        Assert.Empty(Auditor.Check(ExpectationFactory.Create(refused), log));
        Assert.True(log.Requests.Count > refused.Downloads);
    }

    [Fact]
    public void A_tool_that_does_not_download_ends_the_case_with_what_it_prints()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Run(Case, [.. Tool, "--no-such-option"]));

        Assert.StartsWith("40 of 40 downloads failed: The tool ended with exit code 2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("--no-such-option", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Read 5 from http://a/\nRead 5 from http://a/\n", "", 0, 0)]
    [InlineData("Read 5 from http://a/\n", "Failed http://a/: no answer\n", 1, 1)]
    [InlineData("Read 5 from http://a/\nRead 5 from http://a/\n", "", 1, 1)]
    [InlineData("Read 5 from http://a/\n", "Failed http://a/: no answer\n", 0, 1)]
    [InlineData("Read 5 from http://a/\nRead 5 from http://a/\nRead 5 from http://a/\n", "", 0, 1)]
    public void Results_count_only_with_their_exit_code_and_one_line_for_each(string output, string errors, int exitCode, int failed)
    {
        Uri[] uris = [new("http://a/"), new("http://a/")];
        var results = new ToolProcessRun(uris, Case, Tool).ReadResults(exitCode, output, errors);
        Assert.Equal((2, failed), (results.Count, results.Count(result => !result.Succeeded)));
    }

    [Fact]
    public void A_case_whose_tool_was_not_built_says_so()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Run(Case with { Tool = ToolCompilation.AheadOfTime }, Tool));

        Assert.Equal("The tool is not built.", error.Message);
    }

    private static ClientIterationReport ReportOf(IterationInterval iteration) =>
        ClientIterationReport.FromJson(iteration.ClientReport) ?? throw new InvalidOperationException("The client has reported nothing.");

    private RequestLog Run(DownloadCase downloadCase, IReadOnlyList<string> tool, int iterations = 1)
    {
        var settings = BenchmarkSettings.Current with
        {
            Server = server.Address,
            Endpoints = server.Endpoints,
            Tool = new ToolPrograms { JustInTime = tool },
        };
        server.Control.SetScenario(downloadCase.Scenario);
        server.Control.ResetAudit();
        // The host begins the first iteration of a process.
        server.Control.BeginIteration();
        using var runner = new CaseRunner(settings, warmsUp: false);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            runner.BeginIteration();
            runner.Run(downloadCase).GetAwaiter().GetResult();
            runner.EndIteration();
        }

        return server.Control.ReadAudit();
    }
}
