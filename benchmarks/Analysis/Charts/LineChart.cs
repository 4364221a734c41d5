namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>Lines over a horizontal axis, one for each strategy and variant.</summary>
/// <param name="Caption">What it shows, a sentence.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">The lines.</param>
public sealed record LineChart(string Caption, Axis X, Axis Y, IReadOnlyList<LineSeries> Series) : Chart(Caption)
{
    private const double Aside = 1.025;

    /// <summary>Lines to compare with.</summary>
    public IReadOnlyList<GuideLine> Guides { get; init; } = [];

    /// <summary>A place on the horizontal axis worth a mark; null for none.</summary>
    public VerticalMark? Mark { get; init; }

    /// <inheritdoc/>
    public override bool HasData => Series.Any(series => series.Points.Count > 0);

    /// <summary>A chart of a suite's completed rows; a row without a value has no point.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="caption">What it shows, a sentence.</param>
    /// <param name="xAxis">The horizontal axis.</param>
    /// <param name="x">A row's place on it.</param>
    /// <param name="yAxis">The vertical axis.</param>
    /// <param name="y">A row's place on it.</param>
    /// <param name="error">Half the length of a row's error bar.</param>
    /// <param name="seriesName">Which line a row belongs to; null for its strategy and variant.</param>
    /// <param name="rows">The rows that it shows; null for all.</param>
    public static LineChart Create(
        SuiteAnalysis suite,
        string caption,
        Axis xAxis,
        Func<CaseAnalysis, double> x,
        Axis yAxis,
        Func<CaseAnalysis, double?> y,
        Func<CaseAnalysis, double?>? error = null,
        Func<CaseAnalysis, string>? seriesName = null,
        IEnumerable<CaseAnalysis>? rows = null)
    {
        var groups = (rows ?? suite.Rows).GroupBy(seriesName ?? (row => row.Name)).ToArray();
        // A strategy looks the same in every report, unless one has several lines.
        var isLinePerStrategy = groups.Select(group => group.First().Result.Strategy).Distinct().Count() == groups.Length;
        return new LineChart(caption, xAxis, yAxis, [.. groups.Select(Line)]);

        LineSeries Line(IGrouping<string, CaseAnalysis> line, int place)
        {
            var first = line.First();
            var index = isLinePerStrategy ? StrategyIndex(first) : place;
            var factor = Math.Pow(Aside, place - (groups.Length - 1) / 2.0);
            var style = SeriesStyle.ForLine(index, first.Result.Kind);
            return new LineSeries(line.Key, style, factor, [.. line.SelectMany(Point).OrderBy(point => point.X)]);
        }

        IEnumerable<ChartPoint> Point(CaseAnalysis row) =>
            row.MedianMs is not null && y(row) is { } value
                ? [new ChartPoint(x(row), value, error?.Invoke(row), Details(row, yAxis, value))] : [];
    }

    /// <summary>The iterations of one row in order, a line for each process: it shows whether the row had settled.</summary>
    public static LineChart CreateIterations(CaseAnalysis row) => new(
        $"{row.FullName} was still changing: its iterations in order, a line for each process.",
        new Axis("Iteration"),
        new Axis("Makespan, ms"),
        [.. row.Result.Processes.Select((process, place) => new LineSeries(
            $"round {process.Round}",
            SeriesStyle.ForLine(place, row.Result.Kind),
            XFactor: 1,
            [.. process.Iterations.Select((iteration, index) => new ChartPoint(
                index + 1,
                iteration.MakespanMs,
                null,
                [row.FullName, $"Round {process.Round}, iteration {index + 1}: {ReportFormat.Time(iteration.MakespanMs)}"]))]))]);

    /// <summary>How many requests of a row were in flight in one iteration, as the server logged them, and where it refused one.</summary>
    public static LineChart CreateInFlight(CaseAnalysis row)
    {
        var steps = InFlightSteps.Create(row.Result.Waterfall);
        // Two points at each change, so that the line has steps.
        var before = steps.Steps.Select((step, index) => (step.Ms, InFlight: index == 0 ? 0 : steps.Steps[index - 1].InFlight));
        var line = before.Zip(steps.Steps).SelectMany(pair => new[] { pair.First, pair.Second });
        List<LineSeries> series = [new("in flight", new SeriesStyle(0, null, "solid"), XFactor: 1, [.. line.Select(Point)])];
        if (steps.Refusals.Count > 0)
            series.Add(new("refused", new SeriesStyle(3, "x", null), XFactor: 1, [.. steps.Refusals.Select(Point)]));
        return new LineChart(
            $"{row.FullName}: requests in flight over time in one iteration, as the server logged them, and its refusals.",
            new Axis("ms"),
            new Axis("In flight"),
            series);

        static ChartPoint Point((double Ms, int InFlight) step)
        {
            var details = $"{ReportFormat.Time(step.Ms)}: {ReportFormat.Number(step.InFlight)} in flight";
            return new ChartPoint(Math.Round(step.Ms, 3), step.InFlight, null, [details]);
        }
    }

    private static int StrategyIndex(CaseAnalysis row) =>
        StrategyCatalogue.All.Select(strategy => strategy.Name).ToList().IndexOf(row.Result.Strategy);

    private static List<string> Details(CaseAnalysis row, Axis axis, double value)
    {
        List<string> details =
        [
            row.IsBounded ? row.FullName : $"{row.FullName}, no limit: up to {ReportFormat.Number(row.MaxInFlight)} at once",
            $"{axis.Title} {ReportFormat.Number(value)}",
            $"{ReportFormat.Time(row.MedianMs!.Value)} for {ReportFormat.Pluralize(row.Result.Downloads, "download")}",
        ];
        if (row.Efficiency is { } efficiency) details.Add($"Efficiency {ReportFormat.ThreeDigits(efficiency)} %");
        if (row.Figures.MeanInFlight is { } inFlight)
            details.Add($"In flight {ReportFormat.ThreeDigits(inFlight)} of {ReportFormat.Number(row.MaxInFlight)}");
        if (row.Failed is null) details.Add("Failed: unknown");
        if (row.Failed > 0) details.Add($"Failed {ReportFormat.Number(row.Failed.Value)} of {ReportFormat.Number(row.Result.Downloads)}");
        return details;
    }
}
