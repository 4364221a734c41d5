namespace Downloader.MockServer.Client;

/// <summary>A page that a scenario lists.</summary>
/// <param name="Path">Its path and query as in a URL: it begins with a slash, and has neither spaces nor commas.</param>
/// <param name="Bytes">The bytes of its body.</param>
public readonly record struct ScenarioPage(string Path, int Bytes)
{
    /// <summary>The path as a client sends it: what is no letter of a URL is percent-encoded, and a comma too, which separates the pages
    /// of a list. Null for text that is no path of a page: one that does not begin with a slash, has a fragment, or is a control path of
    /// the server.</summary>
    public static string? NormalizePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var isPath = path.StartsWith('/') && !path.Contains('#', StringComparison.Ordinal) && !path.Any(char.IsControl);
        if (!isPath || !Uri.TryCreate("http://localhost" + path, UriKind.Absolute, out var uri)) return null;
        var normalized = uri.PathAndQuery.Replace(",", "%2C", StringComparison.Ordinal);
        return IsControlPath(uri.AbsolutePath) ? null : normalized;
    }

    private static bool IsControlPath(string path) =>
        path == ControlPaths.Root || path.StartsWith(ControlPaths.Root + "/", StringComparison.Ordinal);
}
