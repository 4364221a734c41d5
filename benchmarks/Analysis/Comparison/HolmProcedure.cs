namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>Tests of several cases at once: S. Holm, "A simple sequentially rejective multiple test procedure" (1979).</summary>
internal static class HolmProcedure
{
    /// <summary>Which of the tests reject, so that the chance of any false rejection is at most the significance.</summary>
    /// <param name="chances">The p-value of each test.</param>
    /// <param name="significance">The chance that is accepted, as 0.01.</param>
    public static bool[] Reject(IReadOnlyList<double> chances, double significance)
    {
        var rejected = new bool[chances.Count];
        var left = chances.Count;
        foreach (var index in Enumerable.Range(0, chances.Count).OrderBy(index => chances[index]))
        {
            if (!(chances[index] <= significance / left)) break;
            rejected[index] = true;
            left--;
        }

        return rejected;
    }
}
