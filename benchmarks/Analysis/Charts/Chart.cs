using System.Text.Json.Serialization;

namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>A chart as data: all that is needed to draw it.</summary>
/// <param name="Caption">What it shows, a sentence.</param>
[JsonDerivedType(typeof(LineChart), "line")]
[JsonDerivedType(typeof(BarChart), "bar")]
public abstract record Chart(string Caption)
{
    /// <summary>Whether there is anything to draw.</summary>
    [JsonIgnore]
    public abstract bool HasData { get; }
}
