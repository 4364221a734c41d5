using System.Text;
using Downloader.Tool;

namespace Downloader.Tests.Support;

/// <summary>The tool's command line called in this process, where a process of its own would prove nothing more.</summary>
internal static class InProcessTool
{
    /// <summary>Calls it with an empty standard input.</summary>
    public static Task<ProgramResult> Run(params string[] arguments) => RunWithInput("", arguments);

    /// <summary>Calls it.</summary>
    /// <param name="input">What it can read on standard input.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<ProgramResult> RunWithInput(string input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var streams = new ToolStreams(() => new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error, Terminal: null);
        var exitCode = await ToolCommand.RunAsync(arguments, streams);
        return new ProgramResult(exitCode, Lines(output), Lines(error));
    }

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
