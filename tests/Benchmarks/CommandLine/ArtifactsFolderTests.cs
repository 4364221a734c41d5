using Downloader.Benchmarks.CommandLine;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>The reports' folder is checked before anything is measured.</summary>
public sealed class ArtifactsFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("downloader-").FullName;

    [Fact]
    public void A_folder_that_can_be_written_is_taken_and_keeps_no_trace_of_it()
    {
        ArtifactsFolder.Take(_folder).Dispose();

        Assert.Equal(["results"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "results")));
    }

    [Fact]
    public void A_folder_that_another_run_has_taken_is_refused_until_that_run_ends()
    {
        var other = ArtifactsFolder.Take(_folder);

        Assert.Equal(
            $"--artifacts {_folder}: must be a folder of its own for each run; another run is writing there.",
            Assert.Throws<UsageException>(() => ArtifactsFolder.Take(_folder)).Message);

        other.Dispose();
        ArtifactsFolder.Take(_folder).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("inside")]
    public void A_file_in_its_place_is_refused(string inside)
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        AssertRefused(Path.Combine(file, inside));
    }

    [Fact]
    public void A_file_in_the_place_of_the_results_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "results"), "");

        AssertRefused(_folder);
        Assert.Equal(["results"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void AssertRefused(string path)
    {
        var error = Assert.Throws<UsageException>(() => ArtifactsFolder.Take(path));

        Assert.StartsWith(
            $"--artifacts {path}: must be a folder that can be written, with 16 MiB of free space. ",
            error.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
