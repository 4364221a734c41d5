using System.Diagnostics;
using Downloader.Tests.Support;

namespace Downloader.Tests.Tool;

/// <summary>The tool with output that cannot be written, input without end of line, and low limits of the operating system: a shell
/// sets these up, so only where there is one.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class ToolLimitsTests(MockServerFixture server) : IClassFixture<MockServerFixture>
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_full_disk_is_one_line_and_exit_code_1()
    {
        var (exitCode, _, errors) = await RunInShellAsync($"$DOWNLOAD --repeat 1000 {server.Dice} > /dev/full");

        Assert.Equal(["Output cannot be written: No space left on device"], errors);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task A_closed_pipe_is_one_line_and_exit_code_1()
    {
        var (_, output, errors) = await RunInShellAsync($"($DOWNLOAD --repeat 1000 {server.Dice}; echo exit code $? >&2) | head -1");

        Assert.Equal([$"Read 276 from {server.Dice}"], output);
        Assert.Equal(["Output cannot be written: Broken pipe", "exit code 1"], errors);
    }

    [Fact]
    public async Task Standard_error_that_cannot_be_written_is_exit_code_1_without_a_stack_trace()
    {
        var (exitCode, output, _) = await RunInShellAsync($"$DOWNLOAD --repeat 10 {new Uri(server.Dice, "/missing")} 2> /dev/full");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("--help > /dev/full", 1, "Output cannot be written: No space left on device")]
    [InlineData("--workers 0 2> /dev/full", 2, null)]
    public async Task Help_and_errors_that_cannot_be_written_are_exit_codes_without_a_stack_trace(string arguments, int code, string? error)
    {
        var (exitCode, _, errors) = await RunInShellAsync($"$DOWNLOAD {arguments}");

        Assert.Equal(code, exitCode);
        Assert.Equal(error is null ? [] : [error], errors);
    }

    [Fact]
    public async Task An_input_line_larger_than_the_memory_is_a_failed_line()
    {
        const string Line = "head -c 50000000 /dev/zero | tr '\\0' x; echo";
        // 64 MiB of managed memory: enough for the process, but not for the line, which takes 100 MB.
        const string Limit = "export DOTNET_GCHeapHardLimit=0x4000000";

        var (exitCode, output, errors) = await RunInShellAsync($"{Limit}; ({Line}; echo {server.Dice}) | $DOWNLOAD --input -");

        Assert.Equal(1, exitCode);
        Assert.Equal($"Read 276 from {server.Dice}", output[0]);
        Assert.Equal($"Failed {new string('x', 2000)}…: a URL must have at most 65536 characters", Assert.Single(errors));
    }

    [Theory]
    [InlineData("--workers 2000")]
    [InlineData("--strategy WhenAllUnbounded")]
    public async Task More_downloads_at_once_than_open_files_are_refused_with_the_limit(string option)
    {
        var (exitCode, output, errors) = await RunInShellAsync($"ulimit -n 1024; $DOWNLOAD {option} --repeat 2000 {server.Dice}");

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        var expected = $"{option}: 2000 downloads at once are too many for the limit of 1024 open files (ulimit -n); they must be at most ";
        Assert.StartsWith(expected, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_output_each_download_needs_two_open_files()
    {
        var download = $"$DOWNLOAD --workers 300 --repeat 300 {server.Dice}";

        var (_, output, errors) = await RunInShellAsync(
            $"ulimit -n 512; {download}; folder=$(mktemp -d); {download} --output $folder; echo exit code $?; rm -r $folder");

        Assert.Equal("exit code 2", output[^1]);
        Assert.Equal(300 + 2, output.Count);
        const string Expected = "--workers 300: 300 downloads at once are too many for the limit of 512 open files (ulimit -n), "
            + "two a download with --output; they must be at most ";
        Assert.StartsWith(Expected, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_of_open_files_that_leaves_none_is_named()
    {
        var (exitCode, _, errors) = await RunInShellAsync($"ulimit -n 64; $DOWNLOAD --workers 1 {server.Dice}");

        Assert.Equal(2, exitCode);
        Assert.Equal(["--workers 1: the limit of 64 open files (ulimit -n) is too low for any download."], errors);
    }

    [Fact]
    public async Task As_many_workers_as_the_refusal_names_all_succeed()
    {
        var download = $"$DOWNLOAD --repeat 1500 {server.Dice} --workers";
        const string NumberAfterAtMost = "grep -o 'at most [0-9]*' | cut -c9-";

        var (exitCode, output, errors) = await RunInShellAsync(
            $"ulimit -n 512; possible=$({download} 2000 2>&1 | {NumberAfterAtMost}); {download} $possible");

        Assert.Empty(errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(1501, output.Count);
    }

    [Theory]
    [InlineData("DedicatedThreads")]
    [InlineData("ThreadPool")]
    public async Task More_blocking_workers_than_threads_are_refused_with_the_limit(string strategy)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "Needs root, to run as a user with a limit.");
        const string AsLimitedUser = "exec setpriv --reuid 65534 --clear-groups prlimit --nproc=60";

        var (exitCode, output, errors) = await RunInShellAsync(
            $"{AsLimitedUser} $DOWNLOAD --strategy {strategy} --workers 200 --repeat 400 {server.Dice}");

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("--workers 200: ", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Contains("the limit of 60 threads (ulimit -u)", errors[0], StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> RunInShellAsync(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/full, /proc and ulimit.");
        var start = new ProcessStartInfo("bash", ["-c", command.Replace("$DOWNLOAD", $"dotnet exec '{BuiltProgram.Tool}'")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            var exit = process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await exit.WaitAsync(HangLimit, TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, SplitLines(await output), SplitLines(await errors));
    }

    private static string[] SplitLines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
