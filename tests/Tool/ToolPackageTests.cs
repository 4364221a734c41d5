using System.Diagnostics;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Tool;

/// <summary>The tool as it is delivered: packed, compiled ahead of time, installed from its packages.</summary>
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class ToolPackageTests(MockServerFixture server) : IClassFixture<MockServerFixture>, IDisposable
{
    private const string Runtime = "linux-x64";
    private static readonly string[] Linkers = ["clang", "gcc"];
    private readonly string _folder = Directory.CreateTempSubdirectory("downloader-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Installed_from_its_packages_it_is_one_native_program_that_downloads()
    {
        var isHere = OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier == Runtime;
        Assert.SkipUnless(isHere, $"Packs for {Runtime} only.");
        Assert.SkipUnless(Linkers.Any(IsOnPath), $"Compiling ahead of time needs a linker: {string.Join(" or ", Linkers)} on PATH.");
        server.Control.SetScenario(new Scenario { Latency = TimeSpan.Zero });

        // The package that names those of each system, and the one of this system.
        await Pack();
        await Pack("-r", Runtime);
        var tools = Path.Combine(_folder, "tools");
        await Dotnet("tool", "install", "Downloader.Strategies.Tool", "--prerelease", "--tool-path", tools, "--source", _folder);
        var output = await Run(Path.Combine(tools, "downloader"), "--workers", "4", "--repeat", "20", $"{server.Dice}");

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20, lines.Count(line => line == $"Read 276 from {server.Dice}"));
        Assert.StartsWith("Downloaded 20 in ", lines[^1], StringComparison.Ordinal);
        // Neither an assembly nor a runtime beside it.
        Assert.Empty(Directory.GetFiles(tools, "*.dll", SearchOption.AllDirectories));
    }

    private static bool IsOnPath(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Packs, with what a build leaves in a folder of its own: other tests use that of the repository. Warnings are errors, those
    /// of the compiler ahead of time too. The analyzers have run in the build of the repository.</summary>
    private Task<string> Pack(params string[] options) => Dotnet(
    [
        "pack", BuiltProgram.ToolProject, "-c", "Release", "-o", _folder, "--artifacts-path", Path.Combine(_folder, "artifacts"),
        "--disable-build-servers", "-p:RunAnalyzers=false", .. options,
    ]);

    private Task<string> Dotnet(params string[] arguments) => Run("dotnet", arguments);

    private async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What dotnet test sets for its children does not fit a build.
        var inherited = start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var name in inherited) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{await output}\n--\n{await errors}");
        return await output;
    }
}
