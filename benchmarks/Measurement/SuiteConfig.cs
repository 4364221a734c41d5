using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Validators;
using Downloader.Benchmarks.Execution;
using Perfolizer.Mathematics.OutlierDetection;

namespace Downloader.Benchmarks.Measurement;

/// <summary>BenchmarkDotNet's configuration: how cases are measured, with the reason for each number.</summary>
internal static class SuiteConfig
{
    /// <summary>The configuration of a suite.</summary>
    /// <param name="log">Where BenchmarkDotNet's log goes, beside its file.</param>
    /// <param name="plan">How often each case is run.</param>
    public static ManualConfig Create(ILogger log, MeasurementPlan plan) => ManualConfig.CreateEmpty()
        .AddJob(Job(plan))
        .AddLogger(log)
        .AddColumnProvider(
            DefaultColumnProviders.Descriptor,
            DefaultColumnProviders.Params,
            new SimpleColumnProvider(StatisticColumn.Median, StatisticColumn.Mean, StatisticColumn.StdDev),
            DefaultColumnProviders.Metrics)
        .AddExporter(HtmlExporter.Default, MarkdownExporter.GitHub, CsvExporter.Default, JsonExporter.Full)
        .AddAnalyser(
            EnvironmentAnalyser.Default,
            MultimodalDistributionAnalyzer.Default,
            RuntimeErrorAnalyser.Default,
            BaselineCustomAnalyzer.Default)
        .AddValidator(
            BaselineValidator.FailOnError,
            SetupCleanupValidator.FailOnError,
            JitOptimizationsValidator.DontFailOnError,
            RunModeValidator.FailOnError,
            ParamsValidator.FailOnError,
            RuntimeValidator.DontFailOnError)
        .WithOrderer(new SuiteOrderer())
        // The default of two minutes is not enough on a machine that is busy with other builds.
        .WithBuildTimeout(TimeSpan.FromMinutes(10))
        // Milliseconds throughout: rows are compared by eye.
        .WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(Perfolizer.Horology.TimeUnit.Millisecond).WithMaxParameterColumnWidth(40));

    /// <summary>What BenchmarkDotNet itself needs while it runs the cases, without what writes reports.</summary>
    public static ImmutableConfig WithoutExporters(ImmutableConfig config)
    {
        var remaining = ManualConfig.CreateEmpty()
            .AddLogger([.. config.GetLoggers()])
            .AddColumnProvider([.. config.GetColumnProviders()])
            .AddDiagnoser([.. config.GetDiagnosers()])
            .AddAnalyser([.. config.GetAnalysers()])
            .AddValidator([.. config.GetValidators()])
            .AddEventProcessor([.. config.GetEventProcessors()])
            .WithOrderer(config.Orderer)
            .WithOptions(config.Options)
            .WithArtifactsPath(config.ArtifactsPath)
            .WithBuildTimeout(config.BuildTimeout)
            .WithSummaryStyle(config.SummaryStyle);
        if (config.CultureInfo is { } culture) remaining.WithCultureInfo(culture);
        return ImmutableConfigBuilder.Create(remaining);
    }

    private static Job Job(MeasurementPlan plan) => BenchmarkDotNet.Jobs.Job.Default
        // A makespan takes 10 ms to seconds: no pilot, no overhead to subtract, one invocation per iteration.
        .WithStrategy(plan.WarmUps == 0 ? RunStrategy.ColdStart : RunStrategy.Monitoring)
        .WithInvocationCount(1)
        .WithUnrollFactor(1)
        .WithWarmupCount(plan.WarmUps)
        // The number of iterations is the schedule's to set, unless the command line names one: see SlowCases.
        // A case's processes are those of the rounds.
        .WithLaunchCount(1)
        // A slow iteration of a starved pool is a result, not noise.
        .WithOutlierMode(OutlierMode.DontRemove)
        // Options such as --iterationCount change a default job.
        .AsDefault();
}
