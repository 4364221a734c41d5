using System.Numerics;
using Downloader.MockServer.Client;

namespace Downloader.MockServer.Simulation;

/// <summary>Which requests of an iteration meet a fault: jittered stratified sampling.</summary>
/// <remarks>The requests are divided into strata of 1/share each, and one request of each stratum, drawn by the seed, meets a fault: N
/// requests meet N × share faults exactly, whenever that is a whole number, and yet which ones cannot be predicted. The kinds come in
/// turn.</remarks>
internal sealed class FaultPlan(Scenario scenario)
{
    private readonly SeededRandom _random = new(scenario.Seed, stream: 1);
    private readonly FaultKinds[] _kinds =
        [.. Enum.GetValues<FaultKinds>().Where(kind => BitOperations.IsPow2((int)kind) && scenario.Faults.HasFlag(kind))];

    /// <summary>The fault of the k-th request, or <see cref="FaultKinds.None"/>.</summary>
    public FaultKinds GetFault(int k)
    {
        if (scenario.FaultShare == 0) return FaultKinds.None;

        var stratum = Stratum(k);
        return FaultedRequestIndex(stratum) == k ? _kinds[stratum % _kinds.Length] : FaultKinds.None;
    }

    /// <summary>The first request of this stratum. A stratum without requests (faults are more frequent than requests) yields the first of
    /// the next.</summary>
    private long FirstIndex(long stratum) => (long)Math.Ceiling(Math.Round(stratum / scenario.FaultShare, 6));

    private long Stratum(int k)
    {
        var stratum = (long)(k * scenario.FaultShare);
        // Division and multiplication round differently: FirstIndex alone decides.
        while (FirstIndex(stratum) > k) stratum--;
        while (FirstIndex(stratum + 1) <= k) stratum++;
        return stratum;
    }

    /// <summary>The request of this stratum that meets its fault.</summary>
    private long FaultedRequestIndex(long stratum)
    {
        var first = FirstIndex(stratum);
        return first + (long)(_random.GetDouble(stratum) * (FirstIndex(stratum + 1) - first));
    }
}
