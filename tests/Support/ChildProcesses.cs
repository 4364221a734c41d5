using System.Runtime.CompilerServices;

namespace Downloader.Tests.Support;

/// <summary>What all processes that the tests start inherit.</summary>
internal static class ChildProcesses
{
    /// <summary>Most of them live for a second or two: too short for the profile that the runtime would record to compile them
    /// better.</summary>
    [ModuleInitializer]
    internal static void Initialize() => Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
}
