namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>By how much processes of a simulated run differ from what is true.</summary>
internal interface IProcessDeviation
{
    /// <summary>By what the times of a process are multiplied.</summary>
    /// <param name="caseIndex">The case's place in the suite.</param>
    /// <param name="round">Its round, from 1.</param>
    double Factor(int caseIndex, int round);
}
