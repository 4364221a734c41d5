#:property PublishAot=false

// Whole-process times of commands, interleaved so that drift of the machine meets all alike:
//   dotnet run -c Release experiments/tool-start.cs -- SERVER.dll ROUNDS TOOL TOOL.dll
// TOOL is the tool compiled ahead of time, TOOL.dll the one that the JIT compiles. curl and aria2c take part where they are installed.
using System.Diagnostics;

if (args is not [var server, var roundsText, var ahead, var jit] || !int.TryParse(roundsText, out var rounds))
{
    Console.Error.WriteLine("Expected SERVER.dll ROUNDS TOOL TOOL.dll.");
    return 2;
}

const int Repeat = 80;
var folder = Directory.CreateTempSubdirectory();
using var mockServer = Start("dotnet", ["exec", server, "--port", "0", "--latency", "50", "--end-with-input"], redirectsInput: true);
var address = mockServer.StandardOutput.ReadLine()!.Split(' ')[^1];
string[] pages = [$"{address}/jython", $"{address}/dice"];
try
{
    var curlList = Path.Combine(folder.FullName, "curl.txt");
    var ariaList = Path.Combine(folder.FullName, "aria.txt");
    var urls = Enumerable.Repeat(pages, Repeat).SelectMany(both => both).ToArray();
    File.WriteAllLines(curlList, urls.Select(url => $"url = \"{url}\"\noutput = \"/dev/null\""));
    File.WriteAllLines(ariaList, urls.Select((url, index) => $"{url}\n out={index}"));
    Case[] cases = [.. Many(5, curlList, ariaList), .. Many(16, curlList, ariaList), .. Many(64, curlList, ariaList), .. Single()];
    cases = [.. cases.Where(one => Path.IsPathRooted(one.Program) || IsInstalled(one.Program))];
    foreach (var one in cases) Time(one);
    var times = cases.ToDictionary(one => one, _ => new List<double>());
    for (var round = 0; round < rounds; round++)
    {
        foreach (var one in round % 2 == 0 ? cases : cases.Reverse()) times[one].Add(Time(one));
    }

    Console.WriteLine($"Whole process, from its start to its end, {rounds} rounds, 160 URLs of 50 ms and one URL of 50 ms.\n");
    Console.WriteLine("| downloads | program | median ms | quartiles ms |\n|---|---|--:|--:|");
    foreach (var (one, all) in times)
    {
        all.Sort();
        Console.WriteLine($"| {one.Downloads} | {one.Name} | {Quantile(all, 0.5):0} | {Quantile(all, 0.25):0}–{Quantile(all, 0.75):0} |");
    }

    Console.WriteLine();
    return 0;
}
finally
{
    mockServer.StandardInput.Close();
    mockServer.WaitForExit();
    folder.Delete(recursive: true);
}

IEnumerable<Case> Many(int workers, string curlList, string ariaList)
{
    var downloads = $"160, {workers} at once";
    var width = workers.ToString();
    string[] ours = ["--workers", width, "--repeat", $"{Repeat}", .. pages];
    yield return new Case(downloads, "downloader, ahead of time", ahead, ours);
    yield return new Case(downloads, "downloader, JIT", "/usr/bin/env", ["dotnet", "exec", jit, .. ours]);
    yield return new Case(downloads, "curl --parallel", "curl",
        ["-s", "--parallel", "--parallel-immediate", "--parallel-max", width, "-K", curlList]);
    yield return new Case(downloads, "aria2c", "aria2c",
        ["-q", "-x1", "-j", width, "-d", Path.Combine(folder.FullName, "aria"), "-i", ariaList, "--allow-overwrite=true"]);
}

IEnumerable<Case> Single()
{
    yield return new Case("1", "downloader, ahead of time", ahead, [pages[0]]);
    yield return new Case("1", "downloader, JIT", "/usr/bin/env", ["dotnet", "exec", jit, pages[0]]);
    yield return new Case("1", "curl", "curl", ["-s", "-o", "/dev/null", pages[0]]);
}

static double Time(Case one)
{
    var started = Stopwatch.GetTimestamp();
    using var process = Start(one.Program, one.Arguments, redirectsInput: false);
    process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    return process.ExitCode == 0
        ? elapsed
        : throw new InvalidOperationException($"{one.Name} ended with exit code {process.ExitCode}.");
}

static Process Start(string program, IEnumerable<string> arguments, bool redirectsInput)
{
    var start = new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = redirectsInput,
        RedirectStandardOutput = true,
    };
    return Process.Start(start)!;
}

static bool IsInstalled(string program) =>
    (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

static double Quantile(List<double> sorted, double share) => sorted[(int)Math.Round(share * (sorted.Count - 1))];

internal sealed record Case(string Downloads, string Name, string Program, string[] Arguments);
