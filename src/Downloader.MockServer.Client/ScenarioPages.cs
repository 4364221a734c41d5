using System.Collections;
using System.Globalization;

namespace Downloader.MockServer.Client;

/// <summary>The pages of a scenario that has pages of its own. Two lists of the same pages in the same order are equal.</summary>
public sealed class ScenarioPages : IReadOnlyList<ScenarioPage>, IEquatable<ScenarioPages>
{
    /// <summary>The most pages of a list.</summary>
    public const int MaxPages = 200;

    /// <summary>The most bytes that the bodies of a list have together: the server keeps them in memory.</summary>
    public const int MaxTotalBytes = 100_000_000;

    /// <summary>The most characters of all paths together. A scenario reaches the processes of a run through the environment, where a value
    /// can have 32,767 characters on Windows.</summary>
    public const int MaxPathCharacters = 10_000;

    private readonly ScenarioPage[] _pages;

    /// <summary>A list of these pages.</summary>
    /// <param name="pages">1 to 200 pages with different paths. Paths are normalized: see <see cref="ScenarioPage.NormalizePath"/>.</param>
    /// <exception cref="ArgumentException">They are no such list, or too large together.</exception>
    public ScenarioPages(IEnumerable<ScenarioPage> pages)
    {
        _pages = [.. pages.Select(page => page with { Path = ScenarioPage.NormalizePath(page.Path) ?? "" })];
        if (FindProblem(_pages) is { } problem) throw new ArgumentException($"These pages {problem}.", nameof(pages));
    }

    /// <inheritdoc/>
    public int Count => _pages.Length;

    /// <inheritdoc/>
    public ScenarioPage this[int index] => _pages[index];

    /// <summary>A list from text: PATH=BYTES, separated by commas; null for text that is none.</summary>
    internal static ScenarioPages? Parse(string text)
    {
        var entries = text.Split(',');
        if (entries.Length > MaxPages) return null;
        var pages = new List<ScenarioPage>(entries.Length);
        foreach (var entry in entries)
        {
            // A query has equals signs of its own: the last one is ours.
            var end = entry.LastIndexOf('=');
            if (end < 0 || ScenarioPage.NormalizePath(entry[..end].Trim()) is not { } path) return null;
            if (!int.TryParse(entry.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)) return null;
            pages.Add(new ScenarioPage(path, bytes));
        }

        return FindProblem(pages) is null ? new ScenarioPages(pages) : null;
    }

    /// <summary>What is wrong with a list of pages whose paths are normalized, as it follows "these pages"; null when nothing is.</summary>
    internal static string? FindProblem(IReadOnlyCollection<ScenarioPage> pages)
    {
        if (pages.Count is 0 or > MaxPages) return $"must be 1 to {MaxPages}";
        if (pages.Any(page => page.Path.Length == 0)) return "must each have a path that begins with /";
        if (pages.Any(page => page.Bytes < 0)) return "must have 0 bytes or more each";
        if (pages.Sum(page => (long)page.Bytes) > MaxTotalBytes) return $"must have at most {MaxTotalBytes} bytes together";
        if (pages.Sum(page => page.Path.Length) > MaxPathCharacters)
            return $"must have paths of at most {MaxPathCharacters} characters together";
        return pages.DistinctBy(page => page.Path).Count() < pages.Count ? "must have different paths" : null;
    }

    /// <inheritdoc/>
    public bool Equals(ScenarioPages? other) => other is not null && _pages.AsSpan().SequenceEqual(other._pages);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScenarioPages);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_pages.Length, _pages[0], _pages[^1]);

    /// <summary>The list as <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        string.Join(',', _pages.Select(page => string.Create(CultureInfo.InvariantCulture, $"{page.Path}={page.Bytes}")));

    /// <inheritdoc/>
    public IEnumerator<ScenarioPage> GetEnumerator() => ((IEnumerable<ScenarioPage>)_pages).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
