using System.Reflection;

namespace Downloader.Benchmarks.Harness;

/// <summary>Where the mock server's build lies; the benchmarks never reference its assembly.</summary>
internal static class MockServerLocation
{
    /// <summary>The path of its assembly, which the build wrote into this one.</summary>
    public static string Find()
    {
        var path = typeof(MockServerLocation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "MockServer").Value!;
        return File.Exists(path) ? path : throw new MockServerException($"The mock server is not built: {path} is missing. Run: dotnet build -c Release");
    }
}
