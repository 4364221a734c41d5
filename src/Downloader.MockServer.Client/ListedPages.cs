using System.Globalization;

namespace Downloader.MockServer.Client;

/// <summary>The pages that a scenario lists (<see cref="Scenario.Pages"/>), as values of <see cref="Page"/>.</summary>
public static class ListedPages
{
    /// <summary>The page at the first position of a scenario's list.</summary>
    public const Page First = (Page)16;

    /// <summary>The page at the last position that a list can have.</summary>
    internal const Page Last = First + (ScenarioPages.MaxPages - 1);

    private const string NamePrefix = "Page";

    /// <summary>The page at this position of a scenario's list, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No list is so long.</exception>
    public static Page At(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, ScenarioPages.MaxPages);
        return First + (byte)position;
    }

    /// <summary>The position of a page in its scenario's list, from 0; null for a page that the server always has.</summary>
    public static int? GetPosition(this Page page) => page is >= First and <= Last ? page - First : null;

    /// <summary>The name of a page: "Dice", or "Page1" for the first of a scenario's list.</summary>
    public static string GetName(this Page page) => page.GetPosition() is { } position
        ? string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{position + 1}")
        : page.ToString();

    /// <summary>The page of a name as <see cref="GetName"/> gives it; null for a name that no page has.</summary>
    public static Page? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var page in Enum.GetValues<Page>())
        {
            if (page.ToString() == name) return page;
        }

        if (!name.StartsWith(NamePrefix, StringComparison.Ordinal)) return null;
        var isNumber = int.TryParse(name.AsSpan(NamePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber && number is >= 1 and <= ScenarioPages.MaxPages ? At(number - 1) : null;
    }
}
