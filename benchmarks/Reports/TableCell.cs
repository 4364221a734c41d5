namespace Downloader.Benchmarks.Reports;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it shows; empty for nothing.</param>
/// <param name="SortKey">The number it is sorted by; null for a text, or for no value.</param>
internal sealed record TableCell(string Text, double? SortKey = null)
{
    /// <summary>What a reader must notice beside the text.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>Text and marks, where a table cannot set them apart.</summary>
    public string PlainText => Marks.Count == 0 ? Text : $"{Text} ({string.Join(", ", Marks)})";
}
