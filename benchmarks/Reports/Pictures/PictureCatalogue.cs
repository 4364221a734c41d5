using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Calibration;

namespace Downloader.Benchmarks.Reports.Pictures;

/// <summary>The pictures of a run: the report's charts, and the requests of a starved row beside those of an asynchronous one. And those
/// of a calibration.</summary>
public static class PictureCatalogue
{
    private const int MaxBars = 400;

    /// <summary>How many sentences of a conclusion stand for a chart.</summary>
    private const int MaxSentences = 3;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new SixDigits() } };

    /// <summary>The pictures of a suite: its charts in order, named Suite, Suite-2 …, and Suite-waterfall where there is such a
    /// pair.</summary>
    public static IReadOnlyList<Picture> Create(SuiteAnalysis suite)
    {
        var name = suite.Result.Name;
        var finding = string.Join(' ', suite.Conclusion.Sentences.Take(MaxSentences));
        var charts = suite.Charts.Select((chart, index) => new Picture(
            index == 0 ? name : $"{name}-{index + 1}", TitleOf(chart.Caption), finding, JsonSerializer.SerializeToElement(chart, Json)));
        return [.. charts, .. CreateWaterfall(suite)];
    }

    /// <summary>The pictures of a calibration: its charts in order, named name-1, name-2 …</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="name">The stem of their names.</param>
    public static IReadOnlyList<Picture> Create(CalibrationResult result, string name)
    {
        var finding = string.Join(' ', [.. CalibrationText.Findings(result), CalibrationText.Recommendation(result)]);
        return
        [
            .. CalibrationCharts.Create(result).Select((chart, index) => new Picture(
                $"{name}-{index + 1}", TitleOf(chart.Caption), finding, JsonSerializer.SerializeToElement(chart, Json))),
        ];
    }

    private static IEnumerable<Picture> CreateWaterfall(SuiteAnalysis suite)
    {
        if (WaterfallPair.Find(suite.Rows) is not { } pair) yield break;
        var panels = pair.Rows.Select(row => WaterfallPanel.Create(row, MaxBars)).ToArray();
        yield return new Picture(
            $"{suite.Result.Name}-waterfall",
            "Every request of one iteration, as the server logged it",
            pair.Finding,
            JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["$type"] = "waterfall", ["panels"] = panels }, Json));
    }

    /// <summary>The first sentence of a caption, or its part before a colon.</summary>
    private static string TitleOf(string caption) =>
        caption.Split([". ", ": "], StringSplitOptions.None)[0].TrimEnd('.');

    /// <summary>Rounds: the last digits of logarithms and powers differ between operating systems, and nobody sees them.</summary>
    private sealed class SixDigits : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }
}
