using System.Diagnostics;
using Downloader.Tests.Support;

namespace Downloader.Tests.Library;

/// <summary>The package as a user gets it: packed, restored in a project of its own, used.</summary>
[Collection(TestCollections.OtherRuns)]
[Trait(TestCollections.Category, TestCollections.Slow)]
public sealed class PackageTests(MockServerFixture server) : IClassFixture<MockServerFixture>, IDisposable
{
    private const string Package = "Downloader.Strategies";

    private const string Program = """
        using Downloader;
        using Microsoft.Extensions.DependencyInjection;

        var services = new ServiceCollection();
        services.AddDownloader();
        await using var provider = services.BuildServiceProvider();
        var downloader = provider.GetRequiredService<IDownloader>();
        var settings = new DownloadSettings { InInputOrder = true };
        await foreach (var result in downloader.DownloadAsync(args.Select(url => new Uri(url)), BodyReaders.Bytes, settings))
        {
            Console.WriteLine($"{result.Value?.Length} {result.Failure}");
        }
        """;

    // A version of its own: the caches of the machine must not give an earlier build.
    private readonly string _version = $"0.0.1-test.{DateTime.UtcNow:yyyyMMddHHmmss}";
    private readonly string _folder = Directory.CreateTempSubdirectory("downloader-").FullName;

    [Fact]
    public void It_restores_builds_without_a_warning_and_downloads()
    {
        var library = Path.Combine(BuiltProgram.Root, "src", "Downloader", "Downloader.csproj");
        var packages = Path.Combine(_folder, "packages");
        // Its own output: the build that these tests run with stays as it is.
        var output = $"-p:BaseOutputPath={Path.Combine(_folder, "bin")}/";
        Run("pack", library, "-c", "Release", "-o", packages, output, $"-p:MinVerVersionOverride={_version}", $"-p:Version={_version}");
        var project = Path.Combine(_folder, "use");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(project, "use.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{packages}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{Package}" Version="{_version}" />
              </ItemGroup>
            </Project>
            """);

        Run("build", project, "-c", "Release");
        using var program = new RunningProgram(
            Path.Combine(project, "bin", "Release", "net10.0", "use.dll"), [server.Jython.ToString(), server.Dice.ToString()]);

        Assert.Equal(["10966 ", "276 "], program.WaitForExit().Output);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        var cached = Path.Combine(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            Package.ToLowerInvariant(),
            _version);
        if (Directory.Exists(cached)) Directory.Delete(cached, recursive: true);
    }

    private static void Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-v", "quiet", "--nologo", "--disable-build-servers"])
        {
            RedirectStandardOutput = true,
        };
        // What dotnet test sets for its children does not fit a build of another project.
        var inherited = start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var name in inherited) start.Environment.Remove(name);
        using var build = Process.Start(start)!;
        var text = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{text}");
    }
}
