using System.Text.Json;

namespace Downloader.Tests.Support;

/// <summary>The figures that a program printed for crank, read as crank's agent and controller do.</summary>
internal sealed record JobStatistics(IReadOnlyDictionary<string, double> Values, IReadOnlyDictionary<string, string> Reduce)
{
    private const string ReduceProperty = nameof(Reduce);

    /// <summary>The agent puts the lines of both streams into one list. At a line with the end mark it goes back to the last line with the
    /// start mark; all lines between them are one JSON document.</summary>
    public static JobStatistics Parse(IReadOnlyList<string> output)
    {
        var lines = output.ToList();
        var end = lines.FindLastIndex(line => line.Contains("#EndJobStatistics", StringComparison.OrdinalIgnoreCase));
        var start = lines.FindLastIndex(line => line.Contains("#StartJobStatistics", StringComparison.OrdinalIgnoreCase));
        Assert.True(start >= 0 && end > start, string.Join('\n', output));
        using var document = JsonDocument.Parse(string.Join('\n', lines[(start + 1)..end]));
        var metadata = document.RootElement.GetProperty("Metadata").EnumerateArray().ToDictionary(Name);
        // The controller shows each entry by its short description, and knows these operations.
        Assert.All(metadata.Values, one => Assert.NotEmpty(one.GetProperty("ShortDescription").GetString()!));
        Assert.All(metadata.Values, one => Assert.Contains(one.GetProperty(ReduceProperty).GetString(), (string[])["Sum", "Max"]));
        Assert.All(metadata.Values, one =>
            Assert.Equal(one.GetProperty(ReduceProperty).GetString(), one.GetProperty("Aggregate").GetString()));
        var values = document.RootElement.GetProperty("Measurements").EnumerateArray().ToDictionary(Name);
        // A measurement without metadata is dropped in silence.
        Assert.Equal(metadata.Keys.Order(), values.Keys.Order());
        Assert.All(values.Values, one => one.GetProperty("Timestamp").GetDateTime());
        return new JobStatistics(
            values.ToDictionary(one => one.Key, one => one.Value.GetProperty("Value").GetDouble()),
            metadata.ToDictionary(one => one.Key, one => one.Value.GetProperty(ReduceProperty).GetString()!));

        static string Name(JsonElement entry) => entry.GetProperty("Name").GetString()!;
    }

    /// <summary>What the controller makes of the figures of several endpoints.</summary>
    public static double ReduceAll(IReadOnlyList<JobStatistics> endpoints, string name)
    {
        var values = endpoints.Select(endpoint => endpoint.Values[name]);
        return endpoints[0].Reduce[name] == "Sum" ? values.Sum() : values.Max();
    }
}
