using System.Diagnostics;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;
using Downloader.Tool;

namespace Downloader.Tests.Tool;

/// <summary>The progress line, on a terminal only.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class LiveProgressTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    private const string Clear = "\r\u001B[K";

    [Fact]
    public void Lines_of_output_take_its_place_and_it_stands_below_them()
    {
        using var screen = new StringWriter();
        var progress = new LiveProgress(new ErrorTerminal(80, IsSharedWithOutput: true), screen);

        progress.BeforeLine(isError: false);
        screen.Write("Read 1\n");
        progress.AfterLine(isError: false);
        progress.Update();
        progress.BeforeLine(isError: false);
        screen.Write("Read 2\n");
        progress.AfterLine(isError: false);
        progress.End();
        progress.End();

        const string Line = "0 done, 0.0/s, 0.0 B/s";
        Assert.Equal($"Read 1\n{Clear}{Line}{Clear}Read 2\n{Line}{Clear}", screen.ToString());
    }

    [Fact]
    public void Output_that_goes_elsewhere_does_not_touch_it()
    {
        using var screen = new StringWriter();
        var progress = new LiveProgress(new ErrorTerminal(80, IsSharedWithOutput: false), screen);
        progress.Update();
        var before = screen.ToString();

        progress.BeforeLine(isError: false);
        progress.AfterLine(isError: false);

        Assert.Equal(before, screen.ToString());
    }

    [Fact]
    public void It_is_cut_to_the_width_of_the_terminal()
    {
        using var screen = new StringWriter();

        new LiveProgress(new ErrorTerminal(10, IsSharedWithOutput: false), screen).Update();

        Assert.Equal($"{Clear}0 done, 0", screen.ToString());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("2> errors", false)]
    [InlineData("> output", true)]
    public async Task It_is_drawn_where_standard_error_is_a_terminal(string redirection, bool isDrawn)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "Needs script, of util-linux, which gives a program a terminal.");
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.FromMilliseconds(400) });
        var folder = Directory.CreateTempSubdirectory("downloader-").FullName;
        var command = $"dotnet exec '{BuiltProgram.Tool}' --workers 1 --repeat 3 {server.Dice} {redirection}";
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm";
        using var process = Process.Start(start)!;
        var screen = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(isDrawn, screen.Contains(" of 3 done, ", StringComparison.Ordinal));
        Assert.Equal(redirection != "> output", screen.Contains($"Read 276 from {server.Dice}\r\n", StringComparison.Ordinal));
    }
}
