namespace Downloader.Tests.Support;

/// <summary>A file that is deleted at the end of a test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    /// <param name="text">Its text.</param>
    public TemporaryFile(string text = "") => File.WriteAllText(Path, text);

    /// <summary>Its path.</summary>
    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
