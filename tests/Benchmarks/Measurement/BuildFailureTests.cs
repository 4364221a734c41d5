using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Results;
using Downloader.Benchmarks.Measurement;

namespace Downloader.Tests.Benchmarks.Measurement;

public sealed class BuildFailureTests
{
    private static readonly GenerateResult Generated = GenerateResult.Success(ArtifactsPaths.Empty, []);

    [Fact]
    public void The_first_error_is_the_reason() => Assert.Equal(
        "a.cs(1,2): error CS1002: ; expected",
        GetReason("Standard output:\n  Restored.\n a.cs(1,2): error CS1002: ; expected\n b.cs(1,2): error CS1003: , expected\n"));

    [Fact]
    public void A_build_that_took_too_long_is_the_reason() => Assert.Equal(
        "The configured timeout 00:02:00 was reached!",
        GetReason("Standard output:\n Standard error:\nThe configured timeout 00:02:00 was reached!\n"));

    [Fact]
    public void A_project_that_could_not_be_generated_is_the_reason()
    {
        var notGenerated = GenerateResult.Failure(ArtifactsPaths.Empty, [], new IOException("No space left."));

        Assert.Equal("No space left.", BuildFailure.GetReason(BuildResult.Failure(notGenerated, "")));
    }

    private static string GetReason(string buildOutput) => BuildFailure.GetReason(BuildResult.Failure(Generated, buildOutput));
}
