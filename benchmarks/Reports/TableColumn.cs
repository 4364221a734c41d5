namespace Downloader.Benchmarks.Reports;

/// <summary>The head of a table's column.</summary>
/// <param name="Title">Its heading, with the unit.</param>
/// <param name="IsNumeric">Whether its cells are numbers.</param>
/// <param name="Meaning">What it says, a sentence; null where the title is enough.</param>
internal sealed record TableColumn(string Title, bool IsNumeric, string? Meaning = null);
