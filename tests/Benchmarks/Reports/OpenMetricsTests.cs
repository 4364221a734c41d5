using System.Globalization;
using System.Text.RegularExpressions;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;

namespace Downloader.Tests.Benchmarks.Reports;

/// <summary>report.openmetrics.txt: valid by the OpenMetrics text format, and with the values of report.json.</summary>
public sealed partial class OpenMetricsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openmetrics").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_case_has_the_values_of_report_json_in_base_units()
    {
        var paths = ReportWriter.Write(SampleRuns.Analyse(SampleRuns.Everything()), _folder);
        var samples = Parse(File.ReadAllText(paths.OpenMetrics)).ToLookup(sample => sample.Name);
        var suites = SampleRuns.Analyse(RunResultFile.Read(paths.Json)).Suites;

        AssertValues("downloader_makespan_seconds", row => row.MedianMs / 1000);
        AssertValues("downloader_ideal_schedule_seconds", row => row.Figures.IdealMs / 1000);
        AssertValues("downloader_service_time_seconds", row => row.Figures.ServiceTimeMs / 1000);
        AssertValues("downloader_speedup_ratio", row => row.Speedup?.Value);
        AssertValues("downloader_efficiency_ratio", row => row.Efficiency / 100);
        AssertValues("downloader_requests_in_flight", row => row.Figures.MeanInFlight);
        AssertValues("downloader_requests_in_flight_peak", row => row.Figures.PeakInFlight);
        AssertValues("downloader_connections", row => row.Figures.Connections);
        AssertValues("downloader_requests", row => row.Figures.Attempts);
        AssertValues("downloader_failed_downloads", row => row.Failed);
        AssertValues("downloader_allocated_per_download_bytes", row => row.Figures.AllocatedBytesPerDownload);
        AssertValues("downloader_audit_passed", _ => 1);

        void AssertValues(string name, Func<CaseAnalysis, double?> value) => Assert.Equal(
            suites.SelectMany(suite => suite.Rows.Select(row => (suite.Result.Name, row.Result.Strategy, Value: value(row))))
                .Where(row => row.Value is not null),
            samples[name].Select(sample => (sample.Labels["suite"], sample.Labels["strategy"], (double?)sample.Value)));
    }

    [Fact]
    public void Every_line_is_valid_no_series_comes_twice_and_the_end_is_marked()
    {
        var text = OpenMetricsView.Render(SampleRuns.Analyse(SampleRuns.Everything()));

        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var samples = Parse(text);
        Assert.Equal(samples.Count, samples.Select(sample => (sample.Name, string.Join(',', sample.Labels))).Distinct().Count());
    }

    [Fact]
    public void A_failed_audit_is_0_and_a_row_without_an_audit_has_no_sample()
    {
        var suite = new SuiteResult("Strategies", "Which?", new(),
        [
            SampleRuns.Simulated("Sequential", null) with { AuditFindings = ["Expected 960 requests, saw 959."] },
            SampleRuns.Case("WhenAll", 5, 160, 161),
        ]);

        var audits = Parse(OpenMetricsView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(suite))))
            .Where(sample => sample.Name == "downloader_audit_passed");

        Assert.Equal(("Sequential", 0), Assert.Single(audits.Select(sample => (sample.Labels["strategy"], sample.Value))));
    }

    [Fact]
    public void Quotes_backslashes_and_new_lines_of_names_come_back_as_they_were()
    {
        const string variant = "a \"b\" \\ c\nd, {e}";
        var suite = SampleRuns.Capacity();
        suite = suite with { Cases = [suite.Cases[0] with { Variant = variant }] };

        var samples = Parse(OpenMetricsView.Render(SampleRuns.Analyse(SampleRuns.CreateRun(suite))));

        Assert.All(samples.Where(sample => sample.Labels.ContainsKey("suite")), sample => Assert.Equal(variant, sample.Labels["variant"]));
    }

    /// <summary>Reads the text line by line and fails at the first that the format does not allow where it stands.</summary>
    private static List<Sample> Parse(string text)
    {
        var samples = new List<Sample>();
        var families = new HashSet<string>();
        var (family, type) = ("", "");
        foreach (var line in text.Split('\n')[..^2])
        {
            if (TypeLine().Match(line) is { Success: true } head)
            {
                (family, type) = (head.Groups["name"].Value, head.Groups["type"].Value);
                Assert.True(families.Add(family), $"{family} comes twice.");
            }
            else if (UnitLine().Match(line) is { Success: true } unit)
            {
                Assert.Equal(family, unit.Groups["name"].Value);
                Assert.EndsWith($"_{unit.Groups["unit"].Value}", family, StringComparison.Ordinal);
            }
            else if (HelpLine().Match(line) is { Success: true } help)
            {
                Assert.Equal(family, help.Groups["name"].Value);
            }
            else
            {
                var sample = SampleLine().Match(line);
                Assert.True(sample.Success, $"No line of OpenMetrics: {line}");
                Assert.Equal(type == "info" ? $"{family}_info" : family, sample.Groups["name"].Value);
                samples.Add(ToSample(sample));
            }
        }

        return samples;
    }

    private static Sample ToSample(Match line) => new(
        line.Groups["name"].Value,
        Label().Matches(line.Groups["labels"].Value).ToDictionary(
            label => label.Groups["name"].Value,
            label => Escaped().Replace(label.Groups["value"].Value, match => match.Value == "\\n" ? "\n" : match.Value[1..])),
        double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^# TYPE (?<name>[a-z_]+) (?<type>gauge|info)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^# UNIT (?<name>[a-z_]+) (?<unit>[a-z]+)$")]
    private static partial Regex UnitLine();

    [GeneratedRegex(@"^# HELP (?<name>[a-z_]+) (?:[^\\""]|\\[\\n""])+$")]
    private static partial Regex HelpLine();

    [GeneratedRegex(
        @"^(?<name>[a-z_]+)\{(?<labels>(?:,?[a-z_]\w*=""(?:[^\\""]|\\[\\n""])*"")+)\} (?<value>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"(?<name>[a-z_]\w*)=""(?<value>(?:[^\\""]|\\[\\n""])*)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escaped();

    private sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
}
