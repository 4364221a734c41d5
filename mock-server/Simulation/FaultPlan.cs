using System.Numerics;
using Downloader.MockServer.Client;

namespace Downloader.MockServer.Simulation;

/// <summary>Which requests of an iteration meet a fault: jittered stratified sampling.</summary>
/// <remarks>The requests are cut into strata of 1/share each, and one request of each stratum, drawn by the seed, meets a fault: N requests meet
/// N × share faults exactly, whenever that is a whole number, yet nobody can tell beforehand which. The kinds come in turn.</remarks>
internal sealed class FaultPlan(Scenario scenario)
{
    private readonly SeededRandom _random = new(scenario.Seed, stream: 1);
    private readonly FaultKinds[] _kinds =
        [.. Enum.GetValues<FaultKinds>().Where(kind => BitOperations.IsPow2((int)kind) && scenario.Faults.HasFlag(kind))];

    /// <summary>The fault that the k-th request meets, or <see cref="FaultKinds.None"/>.</summary>
    public FaultKinds Of(int k)
    {
        if (scenario.FaultShare == 0) return FaultKinds.None;

        var stratum = Stratum(k);
        return Place(stratum) == k ? _kinds[stratum % _kinds.Length] : FaultKinds.None;
    }

    /// <summary>The first request that begins in this stratum or after.</summary>
    private long First(long stratum) => (long)Math.Ceiling(Math.Round(stratum / scenario.FaultShare, 6));

    private long Stratum(int k)
    {
        var stratum = (long)(k * scenario.FaultShare);
        // Division and multiplication round differently: correct by what First says, which alone decides.
        while (First(stratum) > k) stratum--;
        while (First(stratum + 1) <= k) stratum++;
        return stratum;
    }

    /// <summary>The request of this stratum that meets its fault.</summary>
    private long Place(long stratum)
    {
        var first = First(stratum);
        return first + (long)(_random.At(stratum) * (First(stratum + 1) - first));
    }
}
