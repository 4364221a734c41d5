using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Downloader.Tests.Support;

/// <summary>A program that runs in an empty folder of its own. The processes that it starts are found by a mark in their environment, also
/// those whose parent has ended.</summary>
public sealed class RunningProgram : IDisposable
{
    private const string Mark = "DOWNLOADER_TEST_MARK";

    /// <summary>Far longer than a busy machine takes: only a program that hangs is ended by it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly Process _process;
    private readonly bool _leadsGroup;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>Starts an assembly.</summary>
    /// <param name="assembly">Its path.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="input">What it can read on standard input; null where the test writes to <see cref="Input"/>.</param>
    /// <param name="leadsGroup">Whether it leads a process group of its own, as a shell in a terminal arranges it (Linux only).</param>
    /// <param name="environment">Variables that are set for it.</param>
    /// <param name="prefix">A program, with its arguments, that replaces itself by the command that follows; null for none.</param>
    public RunningProgram(
        string assembly,
        IEnumerable<string> arguments,
        string? input = "",
        bool leadsGroup = false,
        IReadOnlyDictionary<string, string>? environment = null,
        IEnumerable<string>? prefix = null)
    {
        Folder = Directory.CreateTempSubdirectory("downloader-").FullName;
        _leadsGroup = leadsGroup;
        string[] command = [.. prefix ?? [], .. leadsGroup ? (string[])["setsid"] : [], "dotnet", "exec", assembly, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Mark] = _mark;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        // What tests compare is no part of the summary of the workflow that runs them.
        start.Environment.Remove("GITHUB_STEP_SUMMARY");
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (input is not null)
        {
            Input.Write(input);
            Input.Close();
        }

        static void Keep(ConcurrentQueue<string> lines, string? line)
        {
            if (line is not null) lines.Enqueue(line);
        }
    }

    /// <summary>Where it was started.</summary>
    public string Folder { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Its standard input.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>What it has printed so far.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Waits for a line with this text; fails at once when the program ends without it.</summary>
    public async Task WaitForOutput(string text)
    {
        await Eventually.Is(true, () => HasPrinted() || _process.HasExited);
        Assert.True(HasPrinted(), $"Ended without \"{text}\":\n{string.Join('\n', _output)}\n--\n{string.Join('\n', _errors)}");

        bool HasPrinted() => _output.Any(line => line.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>Waits for its end.</summary>
    public ProgramResult WaitForExit()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            // Unlike WaitForExit(int) it waits for the last lines, too.
            _process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Not ended after {Limit}:\n{string.Join('\n', _output)}\n--\n{string.Join('\n', _errors)}");
        }

        return new ProgramResult(_process.ExitCode, [.. _output], [.. _errors]);
    }

    /// <summary>Sends a signal, as INT or KILL: to it alone, or to all its group if it leads one.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", _leadsGroup ? $"-{_process.Id}" : $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The command lines of its own process and of all that it started, directly or through others, and that still run.</summary>
    public IReadOnlyList<string> FindProcesses()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows which processes a program has started.");
        return [.. FindMarkedProcesses().Select(process => process.Command)];
    }

    /// <summary>Asserts that nothing it started still runs. To be called last: off Linux it ends the test as skipped.</summary>
    public void AssertNoProcessLeft() => Assert.Empty(FindProcesses());

    private List<(int Id, string Command)> FindMarkedProcesses()
    {
        if (!OperatingSystem.IsLinux()) return [];
        var mark = $"{Mark}={_mark}";
        return [.. Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]))
            .Where(path => Read($"{path}/environ").Contains(mark, StringComparison.Ordinal))
            .Select(path => (int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture), Read($"{path}/cmdline").Replace('\0', ' ')))
            .Where(one => one.Item2.Length > 0)];

        static string Read(string path)
        {
            try
            {
                return File.ReadAllText(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended in between, or belongs to another user.
                return "";
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        // What a failed test left behind, also where its parent has ended.
        foreach (var (id, _) in FindMarkedProcesses())
        {
            using var kill = Process.Start("kill", ["-KILL", $"{id}"]);
            kill.WaitForExit();
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
