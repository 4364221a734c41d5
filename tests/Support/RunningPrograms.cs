namespace Downloader.Tests.Support;

/// <summary>Programs that run side by side; all end with the test.</summary>
public sealed class RunningPrograms : IDisposable
{
    private readonly List<RunningProgram> _all;

    /// <param name="programs">The programs, which have been started.</param>
    public RunningPrograms(IEnumerable<RunningProgram> programs) => _all = [.. programs];

    /// <summary>The programs, in the order of their start.</summary>
    public IReadOnlyList<RunningProgram> All => _all;

    /// <summary>Waits for the ends of all.</summary>
    public List<ProgramResult> WaitForExit() => [.. _all.Select(program => program.WaitForExit())];

    public void Dispose()
    {
        foreach (var program in _all) program.Dispose();
    }
}
