namespace Downloader.Benchmarks.Measurement;

/// <summary>The program <c>dotnet</c>.</summary>
internal static class DotnetHost
{
    /// <summary>The one that runs this process, where that is known; else the one on the path.</summary>
    public static string Path { get; } =
        System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
