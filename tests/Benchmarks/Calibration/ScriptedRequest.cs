namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>A request as a <see cref="ScriptedServer"/> saw it.</summary>
/// <param name="Path">What was requested.</param>
/// <param name="Index">Its number among the requests for pages, from 0.</param>
/// <param name="Head">Its lines.</param>
/// <param name="InFlight">How many requests were in flight when it arrived, itself included.</param>
/// <param name="Arrived">When it arrived, by Stopwatch.</param>
internal sealed record ScriptedRequest(string Path, int Index, IReadOnlyList<string> Head, int InFlight, long Arrived)
{
    /// <summary>When it was answered, by Stopwatch.</summary>
    public long Answered { get; set; }
}
