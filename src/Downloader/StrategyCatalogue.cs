namespace Downloader;

/// <summary>All strategies. The build lists the files of the folder Strategies, so that a new file is a new entry and nothing is looked up
/// when the program runs.</summary>
public static partial class StrategyCatalogue
{
    /// <summary>Sequential first, then the blocking, then the asynchronous ones, by name within each kind.</summary>
    public static IReadOnlyList<DownloadStrategy> All { get; } =
        [.. CreateAll().OrderBy(strategy => strategy.Kind).ThenBy(strategy => strategy.Name, StringComparer.Ordinal)];

    /// <summary>The strategy of that name, upper and lower case alike, or null.</summary>
    public static DownloadStrategy? Find(string name) =>
        All.FirstOrDefault(strategy => strategy.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static partial DownloadStrategy[] CreateAll();
}
