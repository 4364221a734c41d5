using System.ComponentModel;
using System.Diagnostics;

namespace Downloader.Benchmarks.Reports.Pictures;

/// <summary>The browser of this machine: Chromium, or another that is made of it.</summary>
public static class Chromium
{
    /// <summary>The environment variable that names the browser's program.</summary>
    public const string Variable = "CHROMIUM";

    /// <summary>What to do where there is none.</summary>
    public const string Missing = $"There is no Chromium on PATH: install it, or set {Variable} to the path of Chromium, Chrome or Edge.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <summary>Virtual time of the page: timers and promises run at once, and the page is printed when none is left.</summary>
    private static readonly TimeSpan VirtualTime = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(2);

    /// <summary>The path that <see cref="Variable"/> names, else the first of the usual names on PATH; null where there is none.</summary>
    /// <exception cref="PictureException"><see cref="Variable"/> names no file.</exception>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new PictureException($"{Variable} is {named}, which is not there.");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name + extension))).FirstOrDefault(File.Exists);
    }

    /// <summary>Opens a page, lets its script run to its end, and returns the document as it is then.</summary>
    /// <exception cref="PictureException">There is no browser, or it did not end.</exception>
    internal static string Load(string page)
    {
        var program = Find() ?? throw new PictureException(Missing);
        var folder = Directory.CreateTempSubdirectory("pictures");
        try
        {
            var file = Path.Combine(folder.FullName, "page.html");
            File.WriteAllText(file, page);
            return Run(program, [
                "--headless", "--disable-gpu", "--no-sandbox", "--no-first-run", "--disable-background-networking",
                $"--user-data-dir={Path.Combine(folder.FullName, "profile")}", $"--virtual-time-budget={VirtualTime.TotalMilliseconds}",
                "--dump-dom", new Uri(file).AbsoluteUri,
            ]);
        }
        finally
        {
            Delete(folder);
        }
    }

    /// <summary>Helper processes of the browser may write for a moment longer: then the folder stays among the temporary files.</summary>
    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The pictures, or the reason why there are none, matter more.
        }
    }

    private static string Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            // Both are read at the same time: a full pipe would stop the browser.
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(MaxTime))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                throw new PictureException($"{program} did not end within {MaxTime.TotalSeconds} s.");
            }

            if (process.ExitCode == 0) return output.GetAwaiter().GetResult();
            var reason = error.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("no message");
            throw new PictureException($"{program} ended with exit code {process.ExitCode}: {reason}");
        }
        catch (Win32Exception e)
        {
            throw new PictureException($"{program} cannot be started: {e.Message}");
        }
    }
}
