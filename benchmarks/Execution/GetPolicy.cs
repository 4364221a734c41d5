namespace Downloader.Benchmarks.Execution;

/// <summary>How a case makes each GET.</summary>
public enum GetPolicy
{
    /// <summary>The library does, by the case's strategy; the body is read and dropped.</summary>
    Library,

    /// <summary>The library does, by the case's strategy, and hands the body over as text: <see cref="BodyReaders.Text"/>.</summary>
    LibraryText,

    /// <summary><see cref="HttpClient.GetStringAsync(Uri)"/>.</summary>
    GetStringAsync,

    /// <summary><see cref="HttpClient.GetByteArrayAsync(Uri)"/>.</summary>
    GetByteArrayAsync,

    /// <summary><see cref="HttpClient.GetAsync(Uri, HttpCompletionOption)"/> with
    /// <see cref="HttpCompletionOption.ResponseHeadersRead"/>; the body's stream is read through a pooled buffer.</summary>
    ResponseHeadersRead,
}
