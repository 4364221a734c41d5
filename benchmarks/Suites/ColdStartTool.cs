using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Suites;

/// <summary>The tool <c>downloader</c> as a process, from its start to its end: what the JIT costs in a first run. Each iteration is a
/// process of the tool; the warm-up is that of what starts it, and brings the tool's files into memory.</summary>
public class ColdStartTool : ColdStartSuite
{
    /// <summary>Starts differ more than runs.</summary>
    public override MeasurementPlan Plan => new(WarmUps: 1, Iterations: 5);

    [Benchmark]
    public Task ToolAheadOfTime() => Run(ToolCase(ToolCompilation.AheadOfTime));

    [Benchmark]
    public Task ToolJustInTime() => Run(ToolCase(ToolCompilation.JustInTime));

    private DownloadCase ToolCase(ToolCompilation compilation) => Case("WorkerLoops", Workers) with
    {
        Variant = VariantOf(compilation),
        Tool = compilation,
    };
}
