using System.Text.Json;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Suites;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>Which cases need the tool, and what becomes of them where it cannot be built.</summary>
public sealed class ToolBuildTests
{
    private static readonly ToolPrograms OnlyJit = new() { JustInTime = ["tool"], AheadOfTimeError = "no linker" };

    [Fact]
    public void The_tool_is_built_for_the_cases_that_run_it_alone()
    {
        Assert.True(ToolBuild.IsNeeded([SuiteOf<ColdStartTool>()]));
        Assert.All(
            CaseCatalogue.Suites.Where(type => type != typeof(ColdStartTool)), type => Assert.False(ToolBuild.IsNeeded([SuiteOf(type)])));
    }

    [Fact]
    public void A_tool_that_cannot_be_compiled_ahead_of_time_leaves_out_its_case_and_no_other()
    {
        var left = ToolBuild.WithoutMissing([SuiteOf<ColdStartSteady>(), SuiteOf<ColdStartTool>()], OnlyJit);

        Assert.Equal(SuiteOf<ColdStartSteady>().BenchmarksCases.Length, left[0].BenchmarksCases.Length);
        Assert.Equal("ToolJustInTime", Assert.Single(left[1].BenchmarksCases).Descriptor.WorkloadMethod.Name);
    }

    [Fact]
    public void Where_no_case_is_left_the_run_says_why()
    {
        var suite = SuiteOf<ColdStartTool>();
        var ahead = suite.BenchmarksCases.Where(one => one.Descriptor.WorkloadMethod.Name == "ToolAheadOfTime").ToArray();

        var error = Assert.Throws<MeasurementException>(() =>
            ToolBuild.WithoutMissing([new BenchmarkRunInfo(ahead, suite.Type, suite.Config)], OnlyJit));

        Assert.Equal("The tool cannot be compiled ahead of time: no linker", error.Message);
    }

    [Theory]
    [InlineData(
        "/sdk/Unix.targets(275,5): error : Platform linker ('clang' or 'gcc') not found in PATH. [/home/me/src/Tool/Tool.csproj]",
        "Platform linker ('clang' or 'gcc') not found in PATH.")]
    [InlineData("/home/me/Tool.csproj : error NU1101: Unable to find package X. [/home/me/all.sln]", "NU1101: Unable to find package X.")]
    [InlineData("it gave no reason.", "it gave no reason.")]
    public void Its_error_names_no_folder_of_the_machine(string line, string error) => Assert.Equal(error, ToolBuild.WithoutPaths(line));

    [Fact]
    public void What_was_built_reaches_the_child_processes()
    {
        var settings = new BenchmarkSettings { Tool = OnlyJit };

        var read = JsonSerializer.Deserialize<BenchmarkSettings>(JsonSerializer.Serialize(settings))!;

        Assert.Equal(["tool"], read.Tool!.Find(ToolCompilation.JustInTime));
        Assert.Null(read.Tool.Find(ToolCompilation.AheadOfTime));
    }

    private static BenchmarkRunInfo SuiteOf<T>() => SuiteOf(typeof(T));

    private static BenchmarkRunInfo SuiteOf(Type type) =>
        BenchmarkConverter.TypeToBenchmarks(type, SuiteConfig.Create(NullLogger.Instance, ((Suite)Activator.CreateInstance(type)!).Plan));
}
