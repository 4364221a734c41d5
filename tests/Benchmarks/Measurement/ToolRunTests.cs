using Downloader.Benchmarks.Results;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>A run of the cases that run the tool, on a machine that cannot compile ahead of time.</summary>
[Collection(TestCollections.OtherRuns)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class ToolRunTests
{
    [Fact]
    public void Without_a_linker_the_tool_is_measured_with_the_JIT_alone_and_a_note_says_why()
    {
        using var program = BenchmarkProgram.Start(
            ["--rounds", "1", "--iterationCount", "2", "--downloads", "20", "--filter", "*.ColdStartTool.*"],
            // The name under which the build looks for one.
            environment: new Dictionary<string, string> { ["CppCompilerAndLinker"] = "no-such-linker" });

        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 0, result.ToString());
        var report = Path.Combine(program.Folder, "BenchmarkDotNet.Artifacts", "results", "report.json");
        var suite = Assert.Single(RunResultFile.Read(report).Suites);
        var row = Assert.Single(suite.Cases);
        Assert.Equal(("tool, JIT", true, true), (row.Variant, row.IsCold, row.IsAudited));
        Assert.Empty(row.AuditFindings);
        Assert.All(Assert.Single(row.Processes).Iterations, iteration => Assert.Null(iteration.CpuMs));
        var note = Assert.Single(suite.Notes);
        Assert.StartsWith("Left out: the tool compiled ahead of time, which could not be built here: ", note, StringComparison.Ordinal);
        Assert.DoesNotContain(BuiltProgram.Root, note, StringComparison.Ordinal);
    }
}
