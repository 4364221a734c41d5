#:project ../src/Downloader/Downloader.csproj
#:property PublishAot=false

// Downloads per second of the library beside wrk, in turn on the same server, and the processor time of client and server for each:
//   dotnet run -c Release experiments/small-downloads.cs -- SERVER.dll ROUNDS
using System.Diagnostics;
using System.Globalization;
using Downloader;

const int Downloads = 30_000;
const int Workers = 64;
const double TicksPerSecond = 100;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var server, var roundsText] || !int.TryParse(roundsText, out var rounds))
{
    Console.Error.WriteLine("Expected SERVER.dll ROUNDS.");
    return 2;
}

using var mockServer = Process.Start(new ProcessStartInfo("dotnet", ["exec", server, "--port", "0", "--latency", "0", "--end-with-input"])
{
    RedirectStandardInput = true,
    RedirectStandardOutput = true,
})!;
var page = new Uri($"{mockServer.StandardOutput.ReadLine()!.Split(' ')[^1]}/dice");
Uri[] uris = [.. Enumerable.Repeat(page, Downloads)];
using var clients = new SharedClientSource(new DownloaderOptions { ConfigureHandler = handler => handler.UseProxy = false });
var loops = StrategyCatalogue.Find("WorkerLoops")!;

// The JIT and the server have settled after a few seconds.
for (var i = 0; i < 10; i++) await RunLibrary();
RunWrk();
var library = new List<Sample>();
var wrk = new List<Sample>();
for (var round = 0; round < rounds; round++)
{
    library.Add(await RunLibrary());
    wrk.Add(RunWrk());
    wrk.Add(RunWrk());
    library.Add(await RunLibrary());
}

mockServer.StandardInput.Close();
Console.WriteLine($"{Downloads} downloads of 276 bytes by {Workers} WorkerLoops over one SharedClientSource, beside wrk -t1 -c{Workers} "
    + $"for a second; {rounds} rounds in the order A B B A, medians, and quartiles of the first column.\n");
Console.WriteLine("| client | downloads per second | client CPU µs a download | server CPU µs a download |\n|---|--:|--:|--:|");
Print("library", library);
Print($"wrk -t1 -c{Workers}", wrk);
var shares = library.Zip(wrk, (ours, theirs) => ours.PerSecond / theirs.PerSecond).Order().ToArray();
Console.WriteLine($"\nThe library makes {Median(shares):P0} of wrk's downloads per second (median of neighbouring runs; quartiles "
    + $"{Quantile(shares, 0.25):P0} to {Quantile(shares, 0.75):P0}).\n");
return 0;

async Task<Sample> RunLibrary()
{
    var before = ServerTicks();
    var cpu = Environment.CpuUsage.TotalTime;
    var started = Stopwatch.GetTimestamp();
    var results = await loops.RunAsync(new DownloadRequest(uris, Workers, clients));
    var elapsed = Stopwatch.GetElapsedTime(started);
    if (results.Any(result => !result.Succeeded)) throw new InvalidOperationException("A download failed.");
    return new Sample(
        Downloads / elapsed.TotalSeconds,
        (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Downloads,
        (ServerTicks() - before) / TicksPerSecond * 1e6 / Downloads);
}

Sample RunWrk()
{
    var before = ServerTicks();
    var children = ChildTicks();
    using var process = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{Workers}", "-d1s", page.AbsoluteUri])
    {
        RedirectStandardOutput = true,
    })!;
    var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
    process.WaitForExit();
    var requests = double.Parse(lines.First(line => line.Contains(" requests in ", StringComparison.Ordinal)).Split(' ')[0]);
    var perSecond = double.Parse(lines.First(line => line.StartsWith("Requests/sec:", StringComparison.Ordinal)).Split(' ')[^1]);
    return new Sample(
        perSecond,
        (ChildTicks() - children) / TicksPerSecond * 1e6 / requests,
        (ServerTicks() - before) / TicksPerSecond * 1e6 / requests);
}

// The kernel counts in hundredths of a second: exact to 0.3 µs of 30,000 downloads.
long ServerTicks() => Fields($"/proc/{mockServer.Id}/stat")[11..13].Sum(long.Parse);

static long ChildTicks() => Fields("/proc/self/stat")[13..15].Sum(long.Parse);

// The name, in parentheses, may contain spaces: the fields after it begin with the state.
static string[] Fields(string path) => File.ReadAllText(path).Split(')')[^1].Trim().Split(' ');

static void Print(string name, List<Sample> samples)
{
    double[] perSecond = [.. samples.Select(sample => sample.PerSecond).Order()];
    Console.WriteLine($"| {name} | {Median(perSecond):N0} ({Quantile(perSecond, 0.25):N0}–{Quantile(perSecond, 0.75):N0}) | "
        + $"{Median([.. samples.Select(sample => sample.ClientMicroseconds).Order()]):0.0} | "
        + $"{Median([.. samples.Select(sample => sample.ServerMicroseconds).Order()]):0.0} |");
}

static double Median(double[] sorted) => Quantile(sorted, 0.5);

static double Quantile(double[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];

internal sealed record Sample(double PerSecond, double ClientMicroseconds, double ServerMicroseconds);
