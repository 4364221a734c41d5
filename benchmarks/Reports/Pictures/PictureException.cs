namespace Downloader.Benchmarks.Reports.Pictures;

/// <summary>Pictures cannot be drawn: there is no browser, or it drew none.</summary>
/// <param name="message">What is missing or went wrong, a line.</param>
public sealed class PictureException(string message) : Exception(message);
