namespace Downloader.Benchmarks.CommandLine;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest letters changed, added or omitted; null when more than a third of the letters differ.</summary>
    public static string? Find(string misspelt, IEnumerable<string> names)
    {
        var nearest = names.Select(name => (Name: name, Distance: GetDistance(misspelt, name)))
            .OrderBy(one => one.Distance).FirstOrDefault((Name: "", Distance: int.MaxValue));
        return nearest.Distance * 3 <= Math.Max(misspelt.Length, nearest.Name.Length) ? nearest.Name : null;
    }

    /// <summary>The Levenshtein distance, upper and lower case alike.</summary>
    private static int GetDistance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var isSame = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]);
                var replaced = diagonal + (isSame ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
