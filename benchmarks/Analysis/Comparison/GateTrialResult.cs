namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>What <see cref="GateTrial"/> found.</summary>
/// <param name="AlarmShare">The share of the draws with any alarm.</param>
/// <param name="TimeAlarmShares">The share of the draws with an alarm for the makespan of each case.</param>
/// <param name="AllocationAlarmShares">The same for its allocations.</param>
public sealed record GateTrialResult(
    double AlarmShare, IReadOnlyList<double> TimeAlarmShares, IReadOnlyList<double> AllocationAlarmShares);
