using System.Globalization;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>The rules of a robots.txt that are for us (RFC 9309), and its Crawl-delay, which is a common extension.</summary>
internal sealed class RobotsRules
{
    /// <summary>A crawler may ignore what comes after 500 KiB.</summary>
    public const int MaxBytes = 500 * 1024;

    private readonly List<RobotsRule> _rules = [];

    /// <summary>No rules: everything is allowed.</summary>
    public static RobotsRules AllowAll { get; } = new();

    /// <summary>How long to wait between two requests; null where nothing is said.</summary>
    public TimeSpan? CrawlDelay { get; private set; }

    /// <summary>Takes the groups for a product, or else those for all.</summary>
    /// <param name="text">The file.</param>
    /// <param name="product">The product token, upper and lower case alike.</param>
    public static RobotsRules Parse(string text, string product)
    {
        var lines = text.TrimStart('\uFEFF').Split(['\r', '\n']).Select(Divide).Where(line => line.Key.Length > 0).ToList();
        return Collect(lines, agent => IsProduct(agent, product)) ?? Collect(lines, agent => agent == "*") ?? AllowAll;
    }

    /// <summary>Whether a path may be requested: the longest pattern that matches decides, and of equal ones the one that allows.</summary>
    /// <param name="pathAndQuery">Path and query of a URL.</param>
    public bool Allows(string pathAndQuery)
    {
        var path = RobotsPattern.Normalize(pathAndQuery);
        if (path == "/robots.txt") return true;
        var matching = _rules.Where(rule => RobotsPattern.Matches(rule.Pattern, path)).ToList();
        if (matching.Count == 0) return true;
        var longest = matching.Max(rule => rule.Pattern.Length);
        return matching.Exists(rule => rule.Pattern.Length == longest && rule.Allows);
    }

    /// <summary>The rules of all groups that name the agent, as one group; null where none does.</summary>
    private static RobotsRules? Collect(List<(string Key, string Value)> lines, Func<string, bool> isMeant)
    {
        RobotsRules? rules = null;
        var (isOurs, isHead) = (false, false);
        foreach (var (key, value) in lines)
        {
            if (key == "user-agent")
            {
                isOurs = (isHead && isOurs) || isMeant(value);
                isHead = true;
                if (isOurs) rules ??= new RobotsRules();
                continue;
            }

            // A line that belongs to no group, such as Sitemap, ends none.
            if (key is not ("allow" or "disallow" or "crawl-delay")) continue;
            isHead = false;
            if (isOurs) rules!.Add(key, value);
        }

        return rules;
    }

    private void Add(string key, string value)
    {
        if (key == "crawl-delay")
        {
            var isNumber = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
            if (!isNumber || seconds <= 0) return;
            var delay = TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
            if (CrawlDelay is null || delay > CrawlDelay) CrawlDelay = delay;
        }
        else if (value.Length > 0)
        {
            _rules.Add(new RobotsRule(RobotsPattern.Normalize(value), key == "allow"));
        }
    }

    /// <summary>A crawler's token ends where a version or another character begins.</summary>
    private static bool IsProduct(string agent, string product)
    {
        var length = agent.TakeWhile(letter => char.IsAsciiLetter(letter) || letter is '-' or '_').Count();
        return agent[..length].Equals(product, StringComparison.OrdinalIgnoreCase);
    }

    private static (string Key, string Value) Divide(string line)
    {
        var content = line.Split('#')[0];
        var colon = content.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", "") : (content[..colon].Trim().ToLowerInvariant(), content[(colon + 1)..].Trim());
    }

    private sealed record RobotsRule(string Pattern, bool Allows);
}
