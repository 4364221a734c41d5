namespace Downloader.Tests.Library.Adaptive;

/// <summary>What a simulated run came to, in milliseconds.</summary>
/// <param name="Makespan">Until the last download ended.</param>
/// <param name="Attempts">Requests sent.</param>
/// <param name="Refused">Of them, 503 and 429.</param>
/// <param name="Failed">Downloads that failed for good.</param>
/// <param name="Served">When each served response ended.</param>
/// <param name="RefusedAt">When each refusal was sent.</param>
/// <param name="Peak">The most in flight at the server.</param>
internal sealed record SimulatedRun(
    double Makespan,
    int Attempts,
    int Refused,
    int Failed,
    IReadOnlyList<double> Served,
    IReadOnlyList<double> RefusedAt,
    int Peak)
{
    public double RefusedShare => (double)Refused / Attempts;
}
