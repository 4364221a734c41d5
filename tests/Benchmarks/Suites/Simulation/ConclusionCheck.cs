using System.Globalization;
using System.Text.RegularExpressions;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Reports;
using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>Holds a suite's conclusion against what is true of the simulated server and its clients.</summary>
internal static class ConclusionCheck
{
    /// <summary>A row this much slower than another ties with it: what the reports say. A hair more, for rounding.</summary>
    private const double Tie = 1 + ComparisonWithBest.TieMargin + 1e-6;

    /// <summary>A mean service time that differs from the scenario's by no more is true where every latency is the same.</summary>
    private const double ConstantMargin = 1.1;

    /// <summary>The same where latencies differ by as much as their mean, and 40 requests were served.</summary>
    private const double SpreadMargin = 1.6;

    /// <summary>Each contradiction, a line; empty when the conclusion is true.</summary>
    /// <param name="truth">The suite without noise.</param>
    /// <param name="unlimited">The same without the scenario's capacity.</param>
    /// <param name="analysis">What a run concluded.</param>
    public static IEnumerable<string> Contradictions(SuiteSimulation truth, SuiteSimulation? unlimited, SuiteAnalysis analysis)
    {
        string[] sentences = [.. analysis.Conclusion.Sentences.Append(analysis.Conclusion.Recommended).OfType<string>().Select(Plain)];
        return
        [
            .. RateLimit(truth, analysis, sentences), .. LittlesLaw(truth, analysis, sentences),
            .. Capacity(truth, unlimited, sentences), .. WorkerCount(truth, analysis, sentences), .. Faults(truth, sentences),
            .. Choice(truth, analysis), .. Knee(truth, sentences), .. Standings(truth, analysis), .. Failures(truth, analysis, sentences),
            .. Growth(truth, sentences), .. StrategyCosts(truth, sentences), .. Remedy(truth, sentences),
            .. Costs(truth, sentences),
            .. Starved(truth, analysis), .. Form(analysis, sentences),
        ];
    }

    /// <summary>Where a rate limit refused requests of workers, it is named first and nothing is recommended; elsewhere it is not
    /// named.</summary>
    private static IEnumerable<string> RateLimit(SuiteSimulation truth, SuiteAnalysis analysis, string[] sentences)
    {
        var binds = truth.Rows.Any(row => row.IsBounded && row.MetRateLimit);
        var isNamed = sentences[0].Contains("requests/s", StringComparison.Ordinal);
        if (binds && analysis.Conclusion.Recommended is { } recommended) yield return $"recommends under a rate limit: {recommended}";
        if (binds && !isNamed) yield return $"does not name the rate limit, which binds: {sentences[0]}";
        if (isNamed && !binds) yield return $"names a rate limit that does not bind: {sentences[0]}";
        if (truth.Rows.Any(row => row.MetRateLimit)) yield break;
        foreach (var sentence in sentences.Where(sentence => sentence.Contains("(429", StringComparison.Ordinal)))
            yield return $"names a rate limit that was not met: {sentence}";
    }

    /// <summary>The requests in flight that reach the rate limit are rate × service time, and this is the scenario's: without waits in the
    /// queue, and of requests that met a fault too. What slows a process down slows its requests.</summary>
    private static IEnumerable<string> LittlesLaw(SuiteSimulation truth, SuiteAnalysis analysis, string[] sentences)
    {
        double[] noise =
        [
            1, .. analysis.Rows.Zip(truth.Rows).Select(pair => pair.First.MedianMs / pair.Second.MedianMs).OfType<double>(),
        ];
        foreach (var sentence in sentences)
        {
            var claim = Regex.Match(
                sentence,
                @"^By Little's law about (?<requests>[\d.,]+) .* make (?<rate>[\d.,]+) a second at (?<time>[\d.,]+) (?<unit>m?s) each");
            if (!claim.Success) continue;
            var claimedMs = Number(claim.Groups["time"]) * (claim.Groups["unit"].Value == "s" ? 1000 : 1);
            var scenarios = truth.Rows.Select(row => row.Scenario).Distinct().ToArray();
            var means = scenarios.Select(scenario => MeanLatencyMs(new LatencyPlan(scenario))).ToArray();
            var isConstant = scenarios.All(scenario => scenario is { LatencyP99: null, LatencyQuantiles: null, LatencyJitter.Ticks: 0 });
            var margin = isConstant ? ConstantMargin : SpreadMargin;
            var isTrue = claimedMs >= means.Min() * noise.Min() / margin && claimedMs <= (means.Max() * noise.Max() * margin) + 0.1;
            if (!isTrue) yield return $"a request is served in {means.Min():0.0} to {means.Max():0.0} ms: {sentence}";
            var requests = Number(claim.Groups["rate"]) * claimedMs / 1000;
            var isProduct = Math.Abs(Number(claim.Groups["requests"]) - requests) <= 0.01 + (0.02 * requests);
            if (!isProduct) yield return $"does not multiply: {sentence}";
        }

        static double MeanLatencyMs(LatencyPlan plan) =>
            Enumerable.Range(0, 1000).Average(index => plan.GetLatency(index).TotalMilliseconds);

        static double Number(Group digits) => double.Parse(digits.Value, NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    /// <summary>The capacity is named where, and only where, it changes times or refuses.</summary>
    private static IEnumerable<string> Capacity(SuiteSimulation truth, SuiteSimulation? unlimited, string[] sentences)
    {
        var capacity = truth.Rows[0].Scenario.Capacity;
        var isNamed = sentences.Any(sentence => Regex.IsMatch(sentence, "[Tt]he server serves "));
        var changed = unlimited is null ? [] : truth.Rows.Zip(unlimited.Rows).Where(pair => Differs(pair.First, pair.Second)).ToArray();
        var hasWaited = truth.Rows.Any(row => row.Figures.PeakInFlight > capacity);
        if (isNamed && !hasWaited) yield return $"names a capacity for which nothing waited: {capacity}";
        var isCause = sentences[0].Contains("the server serves ", StringComparison.Ordinal);
        if (isCause && changed.Length == 0) yield return $"names a capacity that changes nothing: {sentences[0]}";
        // Where a rate limit decides, the waits for the capacity within a second are not the news.
        var changesWorkers = changed.Any(pair => pair.First.IsBounded) && !truth.Rows.Any(row => row.IsBounded && row.MetRateLimit);
        if (!isNamed && changesWorkers && !sentences[0].Contains("Only one case", StringComparison.Ordinal))
            yield return $"does not name the capacity of {capacity}, which decides {changed[0].First.FullName}";
        var saysNoLimit = sentences.Any(sentence => sentence.StartsWith("This server has no limit", StringComparison.Ordinal)
            || sentence.Contains("shows no limit", StringComparison.Ordinal));
        if (saysNoLimit && changed.Length > 0) yield return "says that no limit was met, but the capacity was";
        if (saysNoLimit && truth.Rows.Any(row => row.MetRateLimit)) yield return "says that no limit was met, but the rate limit was";
    }

    private static bool Differs(CaseAnalysis row, CaseAnalysis unlimited) =>
        row.Failed != unlimited.Failed || row.MedianMs > Tie * unlimited.MedianMs;

    private static IEnumerable<string> Faults(SuiteSimulation truth, string[] sentences)
    {
        var happened = truth.Rows.Any(row => row.Failed > 0 && row.Scenario.FaultShare > 0);
        if (!happened && sentences.Any(sentence => sentence.Contains("faults made", StringComparison.Ordinal)))
            yield return "names faults that made nothing fail";
    }

    /// <summary>What is recommended is within the margin of the best of all rows with a limit whose downloads succeeded.</summary>
    private static IEnumerable<string> Choice(SuiteSimulation truth, SuiteAnalysis analysis)
    {
        if (analysis.Conclusion.Recommended?.StartsWith("Recommended: ", StringComparison.Ordinal) != true) yield break;
        var text = analysis.Conclusion.Recommended["Recommended: ".Length..];
        var chosen = truth.Rows.Where(row => text.StartsWith($"{row.FullName}.", StringComparison.Ordinal)
            || (text.StartsWith($"{row.Name},", StringComparison.Ordinal)
                && text.Contains($"Its {row.WorkersText} workers", StringComparison.Ordinal))).ToArray();
        foreach (var choice in chosen)
        {
            var best = truth.Rows.Where(row => row.IsBounded && row.IsValid && !row.Result.IsCold && HaveSameConditions(row, choice)
                || row.Index == choice.Index).MinBy(row => row.MedianMs)!;
            if (choice.MedianMs > Tie * best.MedianMs)
                yield return $"recommends {choice.FullName}, {choice.MedianMs:0.0} ms, where {best.FullName} takes {best.MedianMs:0.0} ms";
        }
    }

    /// <summary>That the largest worker count wins can only be said where rounds compared it with fewer.</summary>
    private static IEnumerable<string> WorkerCount(SuiteSimulation truth, SuiteAnalysis analysis, string[] sentences)
    {
        if (!sentences.Any(sentence => sentence.Contains("argest worker count", StringComparison.Ordinal))) yield break;
        var counts = truth.Rows.Where(row => row.IsComparable).Select(row => row.Result.Workers).OfType<int>().Distinct().Count();
        if (counts < 2) yield return "says that the largest worker count wins, and there is one";
        if (analysis.Result.IsUnfinished) yield return "says that the largest worker count wins, and rows are missing";
        if (analysis.Recommendation is not { HasIntervals: true })
            yield return "says that the largest worker count wins, and one round tells no differences";
    }

    /// <summary>Where time stops falling: at the fewest workers whose time ties with the best. That it stops takes a row of more workers,
    /// or of more than the server serves at once; what Adaptive takes says nothing of a worker count.</summary>
    private static IEnumerable<string> Knee(SuiteSimulation truth, string[] sentences)
    {
        var knee = Regex.Match(
            sentences[0], @"^Time stops falling (?:at|between (?<from>[\d,]+) and) (?<to>[\d,]+) workers?(?<orFewer> or fewer)?");
        if (!knee.Success) yield break;
        var to = Parse(knee.Groups["to"]);
        var from = knee.Groups["from"].Success ? Parse(knee.Groups["from"]) : to;
        var rows = truth.Rows.Where(row => row.IsBounded && row.IsComparable && row.Result.Strategy != "Adaptive")
            .OrderBy(row => row.MaxInFlight).ToArray();
        var best = rows.Min(row => row.MedianMs);
        var actual = rows.First(row => row.MedianMs <= Tie * best).MaxInFlight;
        if (actual < from || actual > to) yield return $"the knee is at {actual} workers: {sentences[0]}";
        var capacity = truth.Rows[0].Scenario.Capacity;
        if (!rows.Any(row => row.MaxInFlight > to) && !(capacity < to))
            yield return $"no row of more than {to} workers shows that: {sentences[0]}";
        var fewer = rows.Where(row => row.MaxInFlight < to).Select(row => row.MaxInFlight).DefaultIfEmpty(0).Max();
        var isBetween = fewer < capacity && capacity < to;
        if (isBetween && from == to && !knee.Groups["orFewer"].Success)
            yield return $"the server serves {capacity} at once, which is between {fewer} and {to} workers: {sentences[0]}";
        if (isBetween && sentences[^1].StartsWith($"Recommended: WorkerLoops with {to} workers", StringComparison.Ordinal))
            yield return $"recommends more than {capacity}, which the server serves at once: {sentences[^1]}";
    }

    /// <summary>What is called a tie or slower is so.</summary>
    private static IEnumerable<string> Standings(SuiteSimulation truth, SuiteAnalysis analysis)
    {
        foreach (var (row, exact) in analysis.Rows.Zip(truth.Rows).Where(pair => pair.First.VersusBest is not null))
        {
            var best = truth.Rows.Where(other => other.IsBounded && other.IsComparable && HaveSameConditions(other, exact))
                .Min(other => other.MedianMs);
            var isTie = exact.MedianMs <= Tie * best;
            if (row.VersusBest!.Standing == Standing.Slower && isTie) yield return $"calls {row.FullName} slower, which ties";
            // The fastest row of a run is a tie by definition: a claim only where others stand beside it, or nothing is undecided.
            var peers = analysis.Rows.Where(other => HaveSameConditions(other, row)).ToArray();
            var isClaim = peers.All(other => other.VersusBest?.Standing != Standing.Undecided)
                || peers.Count(other => other.VersusBest?.Standing == Standing.BestOrTie) > 1;
            if (row.VersusBest.Standing == Standing.BestOrTie && !isTie && isClaim)
                yield return $"calls {row.FullName} a tie, which is slower";
        }
    }

    /// <summary>The cost of a download over sizes: a quarter more or less is flat, as suite Scale has it.</summary>
    private static IEnumerable<string> Growth(SuiteSimulation truth, string[] sentences)
    {
        foreach (var sentence in sentences.Where(sentence => sentence.Contains(": the cost of a download ", StringComparison.Ordinal)))
        {
            var sizes = truth.Rows.Where(row => row.IsValid && sentence.StartsWith($"{row.FullName}:", StringComparison.Ordinal))
                .OrderBy(row => row.Result.Downloads).Select(row => row.MedianMs!.Value / row.Result.Downloads).ToArray();
            var growth = sizes[^1] / sizes[0];
            var isTrue = sentence switch
            {
                _ when sentence.Contains(" grew ", StringComparison.Ordinal) => growth > 1.25,
                _ when sentence.Contains(" fell ", StringComparison.Ordinal) => growth < 0.8,
                _ when sentence.Contains("stayed flat", StringComparison.Ordinal) => growth is >= 0.8 and <= 1.25,
                _ => true,
            };
            if (!isTrue) yield return $"the cost grew {growth:0.00} times: {sentence}";
        }
    }

    /// <summary>What strategies take beside the first one: more, less, or as much within the margin, as the sentences have it.</summary>
    private static IEnumerable<string> StrategyCosts(SuiteSimulation truth, string[] sentences)
    {
        CaseAnalysis? reference = null;
        foreach (var sentence in sentences)
        {
            var processorTime = Regex.Match(
                sentence, @"^(?<name>.*) takes [\d.,]+ µs of processor time for each of (?<downloads>[\d,]+) ");
            var isAllocation = sentence.StartsWith("It allocates ", StringComparison.Ordinal);
            if (processorTime.Success)
            {
                reference = truth.Rows.Single(row => row.FullName == processorTime.Groups["name"].Value
                    && row.Result.Downloads == Parse(processorTime.Groups["downloads"]));
            }

            if (reference is null || (!processorTime.Success && !isAllocation)) continue;
            var others = truth.Rows.Where(row => HaveSameConditions(row, reference) && row.Result.Workers == reference.Result.Workers);
            foreach (var row in others)
            {
                var part = sentence.Split("; ").Skip(1).FirstOrDefault(part => Regex.IsMatch(part, $@"\b{row.Result.Strategy}\b")) ?? "";
                var ratio = isAllocation
                    ? row.Figures.AllocatedBytesPerDownload / reference.Figures.AllocatedBytesPerDownload
                    : row.Figures.CpuMsPerDownload / reference.Figures.CpuMsPerDownload;
                var isTrue = part.Split(' ')[0] switch
                {
                    "more:" => ratio > 1,
                    "less:" => ratio < 1,
                    "within" => ratio is <= Tie and >= 1 / Tie,
                    _ => true,
                };
                if (!isTrue) yield return $"{row.FullName} takes {ratio:0.00} times as much: {sentence}";
            }
        }
    }

    /// <summary>A remedy makes the first run of its strategy faster.</summary>
    private static IEnumerable<string> Remedy(SuiteSimulation truth, string[] sentences)
    {
        foreach (var sentence in sentences.Where(sentence => sentence.StartsWith("Remedy: ", StringComparison.Ordinal)))
        {
            var cold = truth.Rows.Where(row => row.Result.IsCold).ToArray();
            var remedy = cold.Single(row => sentence.StartsWith($"Remedy: {row.NameWithoutColdMarker} took", StringComparison.Ordinal));
            if (!cold.Any(row => row.Result.Strategy == remedy.Result.Strategy && row.MedianMs > Tie * remedy.MedianMs))
                yield return $"no remedy: {sentence}";
        }
    }

    /// <summary>What ways of making a GET take beside GetStringAsync: each is within the margin, more or less, as the sentences have
    /// it.</summary>
    private static IEnumerable<string> Costs(SuiteSimulation truth, string[] sentences)
    {
        CaseAnalysis? reference = null;
        foreach (var sentence in sentences)
        {
            bool IsAbout(CaseAnalysis row) => row.Result.IsBaseline && sentence.StartsWith(CostsOf(row), StringComparison.Ordinal);
            reference = truth.Rows.FirstOrDefault(IsAbout) ?? reference;
            var figure = Regex.Match(sentence, "^(Time|Processor time|Allocations): (.*)\\.$");
            if (!figure.Success || reference is null) continue;
            var claims = figure.Groups[2].Value.Split("; ").Select(part => (IsSame: part.StartsWith("within", StringComparison.Ordinal),
                Names: Regex.Replace(part, "^(within 5 %|undecided) ", "").Split(", "))).ToArray();
            var others = truth.Rows.Where(row => row.Scenario == reference.Scenario && row.Result.Page == reference.Result.Page
                && row.Result.Workers == reference.Result.Workers && row.IsRegular && !row.Result.IsBaseline).ToArray();
            foreach (var row in others)
            {
                var way = row.Result.Variant!.Split(", ")[0];
                var ratio = CostOf(row, figure.Groups[1].Value) / CostOf(reference, figure.Groups[1].Value);
                var claim = claims.SelectMany(one => one.Names.Select(name => (one.IsSame, Name: name)))
                    .Where(one => Regex.IsMatch(one.Name, $"^({Regex.Escape(way)}( less than)?( [\\d.,]+|$)|the others$|all$)"))
                    .FirstOrDefault((IsSame: false, Name: ""));
                if (claim.IsSame && ratio is > Tie or < 1 / Tie) yield return $"{way} takes {ratio:0.00} times: {sentence}";
                if (!claim.Name.EndsWith(" times", StringComparison.Ordinal)) continue;
                var claimed = double.Parse(Regex.Match(claim.Name, "([\\d.,]+) (±|times)").Groups[1].Value, CultureInfo.InvariantCulture);
                if (ratio is <= 1.05 and >= 1 / 1.05 || claimed > 1 != ratio > 1)
                    yield return $"{way} takes {ratio:0.00} times: {sentence}";
            }
        }

        static string CostsOf(CaseAnalysis row)
        {
            var page = row.Result.Page == Page.Large ? "1 MB page" : "Small page";
            return string.Create(CultureInfo.InvariantCulture,
                $"{page}, {row.Result.Workers} workers, {row.Scenario.Latency.TotalMilliseconds:0} ms: GetStringAsync takes");
        }

        static double CostOf(CaseAnalysis row, string figure) => figure switch
        {
            "Time" => row.MedianMs!.Value / row.Result.Downloads,
            "Processor time" => row.Figures.CpuMsPerDownload!.Value,
            _ => row.Figures.AllocatedBytesPerDownload!.Value,
        };
    }

    /// <summary>Rows whose downloads fail are counted in the conclusion, and stand in the table with the reason.</summary>
    private static IEnumerable<string> Failures(SuiteSimulation truth, SuiteAnalysis analysis, string[] sentences)
    {
        var failed = truth.Rows.Count(row => row.Failed > 0);
        var refusedForRate = sentences[0].Contains("requests/s", StringComparison.Ordinal);
        var count = string.Create(CultureInfo.InvariantCulture, $"Downloads failed in {failed} row");
        if (failed > 0 && !refusedForRate && !sentences.Any(sentence => sentence.StartsWith(count, StringComparison.Ordinal)))
            yield return $"{failed} rows failed, which no sentence says";
        var column = ReportColumn.For(analysis).SingleOrDefault(column => column.Title == "Failed");
        foreach (var row in analysis.Rows.Where(row => row.Failed > 0))
        {
            if (column?.Format(row).Contains('(', StringComparison.Ordinal) != true) yield return $"{row.FullName} shows no reason";
            if (!row.Marks.Contains("not compared")) yield return $"{row.FullName} is compared although it failed";
        }
    }

    /// <summary>Starved is only what waits for threads of the pool: here, where workers outnumber its threads.</summary>
    private static IEnumerable<string> Starved(SuiteSimulation truth, SuiteAnalysis analysis) =>
        from pair in analysis.Rows.Zip(truth.Rows)
        where pair.First.IsStarved && !truth.WaitsForThreads(pair.Second)
        select $"calls {pair.First.FullName} starved, which waits for no thread";

    private static IEnumerable<string> Form(SuiteAnalysis analysis, string[] sentences)
    {
        if (sentences[0].Length > 100) yield return $"the first line is too long: {sentences[0]}";
        foreach (var sentence in sentences.Where(sentence => Regex.IsMatch(sentence, "NaN|Infinity|one round", RegexOptions.IgnoreCase)))
            yield return $"says {sentence}";
        if (analysis.Conclusion.Recommended is null) yield break;
        if (analysis.Rows.All(row => row.Failed > 0)) yield return "recommends where every row failed";
    }

    /// <summary>Protocols are compared, since a suite asks for their difference.</summary>
    private static bool HaveSameConditions(CaseAnalysis one, CaseAnalysis other) =>
        one.Scenario with { Protocol = default } == other.Scenario with { Protocol = default }
        && one.Result.Downloads == other.Result.Downloads && one.Result.Page == other.Result.Page;

    private static int Parse(Group number) => int.Parse(number.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
