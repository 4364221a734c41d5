using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Execution;

namespace Downloader.Tests.Support;

/// <summary>The benchmarks' command line called in this process, where a process of its own would prove nothing more. Only for tests that
/// run alone.</summary>
internal static class InProcessCommand
{
    /// <summary>Calls it with an empty standard input.</summary>
    public static Task<ProgramResult> Run(params string[] arguments) => Run(() => BenchmarkCommand.RunAsync(arguments));

    /// <summary>Calls something that prints and gives an exit code.</summary>
    public static async Task<ProgramResult> Run(Func<Task<int>> command)
    {
        var (input, output, error) = (Console.In, Console.Out, Console.Error);
        using var capturedOutput = new StringWriter();
        using var capturedError = new StringWriter();
        Console.SetIn(TextReader.Null);
        Console.SetOut(capturedOutput);
        Console.SetError(capturedError);
        try
        {
            return new ProgramResult(await command(), Lines(capturedOutput), Lines(capturedError));
        }
        finally
        {
            Console.SetIn(input);
            Console.SetOut(output);
            Console.SetError(error);
            new BenchmarkSettings().ApplyToProcess();
            Environment.SetEnvironmentVariable(BenchmarkSettings.EnvironmentVariableName, null);
        }
    }

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
