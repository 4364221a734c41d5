using System.Text.Json.Serialization.Metadata;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Reports;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>What is null is left out of <c>report.json</c>, and read as null.</summary>
public sealed class CalibratedRunFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("calibrated-run");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_run_under_the_conditions_of_a_server_without_a_rate_limit_is_read_back()
    {
        var path = Path.Combine(_folder.FullName, "report.json");
        var calibration = new CalibrationSummary(
            "api.example", new DateOnly(2026, 11, 28), 280, "queue", 24, [new(16, 200, 1234.5, 1200, 1300)]);
        RunResultFile.Write(SampleRuns.CreateRun(SampleRuns.Strategies()) with { Calibration = calibration }, path);

        var read = RunResultFile.Read(path).Calibration;

        Assert.Equivalent(calibration, read, strict: true);
        Assert.Null(read!.RecommendedRatePerSecond);
    }

    [Fact]
    public void No_parameter_that_can_be_null_is_required()
    {
        var required = new List<string>();
        Visit(typeof(RunResult), [], required);
        Assert.Empty(required);
    }

    /// <summary>Looks at the type, and at all types that are written with it.</summary>
    private static void Visit(Type type, HashSet<Type> visited, List<string> required)
    {
        if (!visited.Add(type)) return;
        var info = RunResultFile.Options.GetTypeInfo(type);
        if (info.ElementType is { } element) Visit(element, visited, required);
        if (info.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in info.Properties)
        {
            var isRequired = property.AssociatedParameter is { HasDefaultValue: false };
            if (isRequired && property.IsGetNullable) required.Add($"{type}: {property.Name}");
            Visit(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, visited, required);
        }
    }
}
