namespace Downloader;

/// <summary>All strategies: every <see cref="DownloadStrategy"/> of this assembly, so that a new file is a new entry.</summary>
public static class StrategyCatalogue
{
    /// <summary>Sequential first, then the blocking, then the asynchronous ones, by name within each kind.</summary>
    public static IReadOnlyList<DownloadStrategy> All { get; } =
    [
        .. typeof(DownloadStrategy).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DownloadStrategy)) && !type.IsAbstract)
            .Select(type => (DownloadStrategy)Activator.CreateInstance(type)!)
            .OrderBy(strategy => strategy.Kind)
            .ThenBy(strategy => strategy.Name, StringComparer.Ordinal),
    ];

    /// <summary>The strategy of that name, upper and lower case alike, or null.</summary>
    public static DownloadStrategy? Find(string name) =>
        All.FirstOrDefault(strategy => strategy.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
