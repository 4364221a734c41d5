using Downloader.Benchmarks.Measurement;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>Each run builds in a folder of its own, and none leaves one behind for good.</summary>
public sealed class GeneratedFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("downloader-").FullName;

    [Fact]
    public void A_run_ends_without_a_trace_and_leaves_the_folder_of_another_run_alone()
    {
        using var other = Fill(GeneratedFolder.Create(_root, isKept: false));

        Fill(GeneratedFolder.Create(_root, isKept: false)).Dispose();

        Assert.Equal([other.Path, other.Path + ".lock"], Directory.EnumerateFileSystemEntries(_root).Order());
        Assert.True(File.Exists(Path.Combine(other.Path, "file")));
    }

    [Fact]
    public void What_a_killed_run_left_is_deleted_by_the_next()
    {
        var killed = Directory.CreateDirectory(Path.Combine(_root, "killed")).FullName;
        File.WriteAllText(Path.Combine(killed, "file"), "");
        File.WriteAllText(killed + ".lock", "");

        GeneratedFolder.Create(_root, isKept: false).Dispose();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    [Fact]
    public void A_folder_that_is_to_be_kept_stays_even_for_the_next_run()
    {
        var kept = Fill(GeneratedFolder.Create(_root, isKept: true));
        kept.Dispose();

        GeneratedFolder.Create(_root, isKept: false).Dispose();

        Assert.True(File.Exists(Path.Combine(kept.Path, "file")));
    }

    [Fact]
    public void A_root_that_cannot_be_written_is_an_error_of_one_line()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<MeasurementException>(() => GeneratedFolder.Create(file, isKept: false));

        Assert.StartsWith($"The benchmarks cannot be built in {file}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void MSBuild_is_given_no_output_folder_with_an_apostrophe()
    {
        Assert.StartsWith("/home/me/", GeneratedFolder.GetRoot("/home/me/"), StringComparison.Ordinal);
        Assert.DoesNotContain('\'', GeneratedFolder.GetRoot("/home/it's me/"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static GeneratedFolder Fill(GeneratedFolder folder)
    {
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        return folder;
    }
}
