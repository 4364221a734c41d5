namespace Downloader.Tests.Support;

/// <summary>The files of the repository as a developer sees them: without what builds and runs leave behind.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Generated = ["bin", "obj", "TestResults", ".git", ".vs", ".idea"];

    /// <summary>All paths, from the top of the repository, with slashes.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. GetFilesBelow(BuiltProgram.Root).Order(StringComparer.Ordinal)];

    /// <summary>The paths that end so.</summary>
    public static IEnumerable<string> WithExtension(params string[] extensions) =>
        Paths.Where(path => extensions.Contains(Path.GetExtension(path)));

    /// <summary>A file's text.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(BuiltProgram.Root, path));

    private static IEnumerable<string> GetFilesBelow(string folder) =>
    [
        .. Directory.EnumerateFiles(folder).Select(file => Path.GetRelativePath(BuiltProgram.Root, file).Replace('\\', '/')),
        .. Directory.EnumerateDirectories(folder).Where(child => !IsGenerated(Path.GetFileName(child))).SelectMany(GetFilesBelow),
    ];

    private static bool IsGenerated(string folder) =>
        Generated.Contains(folder) || folder.StartsWith("BenchmarkDotNet.", StringComparison.Ordinal);
}
