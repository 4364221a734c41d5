using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Execution;

namespace Downloader.Tests.Support;

/// <summary>The benchmarks' command line called in this process, where a process of its own would prove nothing more. Each call has a
/// console and settings of its own, so that several can run at the same time. The environment is that of the process: a test that
/// changes it runs alone.</summary>
internal static class InProcessCommand
{
    /// <summary>Calls it with an empty standard input.</summary>
    public static Task<ProgramResult> Run(params string[] arguments) => Run(() => BenchmarkCommand.RunAsync(arguments));

    /// <summary>Calls something that prints and gives an exit code.</summary>
    public static async Task<ProgramResult> Run(Func<Task<int>> command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        // Both end with this method: what it sets for its call context does not reach its caller.
        BenchmarkSettings.Isolate();
        ConsoleOfContext.Capture(output, error);
        return new ProgramResult(await command(), Lines(output), Lines(error));
    }

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
