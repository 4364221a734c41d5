using System.Xml.Linq;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.CsProj;
using BenchmarkDotNet.Toolchains.DotNetCli;

namespace Downloader.Benchmarks.Measurement;

/// <summary>BenchmarkDotNet's toolchain for this framework, which builds in a given folder.</summary>
/// <param name="folder">Where the project is generated and built.</param>
internal sealed class RunToolchain(string folder) : Toolchain(
    Framework.Name,
    new RunGenerator(folder),
    new DotNetCliBuilder(Framework.TargetFrameworkMoniker),
    new DotNetCliExecutor(customDotNetCliPath: null!))
{
    private static readonly NetCoreAppSettings Framework = NetCoreAppSettings.NetCoreApp10_0;

    /// <summary>The suites with this toolchain in each case whose job names no other.</summary>
    public IEnumerable<BenchmarkRunInfo> ApplyTo(IEnumerable<BenchmarkRunInfo> suites) =>
        suites.Select(suite => new BenchmarkRunInfo([.. suite.BenchmarksCases.Select(ApplyTo)], suite.Type, suite.Config));

    private BenchmarkCase ApplyTo(BenchmarkCase one) => one.Job.Infrastructure.HasValue(InfrastructureMode.ToolchainCharacteristic)
        ? one
        : BenchmarkCase.Create(one.Descriptor, one.Job.WithToolchain(this), one.Parameters, one.Config);

    private sealed class RunGenerator(string folder) : CsProjGenerator(
        Framework.TargetFrameworkMoniker, cliPath: null!, packagesPath: null!, runtimeFrameworkVersion: null!)
    {
        protected override string GetBuildArtifactsDirectoryPath(BuildPartition buildPartition, string programName) =>
            Path.Combine(folder, programName);

        /// <summary>References the assemblies that run here instead of their projects: what is measured is what was built, and the build
        /// takes a third of the time, because nothing else is compiled again.</summary>
        protected override void GenerateProject(BuildPartition buildPartition, ArtifactsPaths artifactsPaths, ILogger logger)
        {
            base.GenerateProject(buildPartition, artifactsPaths, logger);
            var project = XDocument.Load(artifactsPaths.ProjectFilePath);
            var assemblies = Path.Combine(AppContext.BaseDirectory, "*.dll");
            project.Descendants("ProjectReference").Single()
                .ReplaceWith(new XElement("Reference", new XAttribute("Include", assemblies)));
            project.Save(artifactsPaths.ProjectFilePath);
        }

        /// <summary>BenchmarkDotNet would search the whole checkout for it, while other runs create and delete their folders
        /// there.</summary>
        protected override FileInfo GetProjectFilePath(Type benchmarkTarget, ILogger logger) =>
            new(Path.Combine(BuildPaths.Project, $"{benchmarkTarget.Assembly.GetName().Name}.csproj"));
    }
}
