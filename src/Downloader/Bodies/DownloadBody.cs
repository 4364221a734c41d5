using System.Net.Http.Headers;

namespace Downloader;

/// <summary>The body of a response, given to a <see cref="BodyReader{T}"/>.</summary>
/// <param name="Item">The download it belongs to.</param>
/// <param name="Headers">The headers that describe the body: its type, its encoding, the length that the server announced.</param>
/// <param name="Stream">The bytes as they come. It counts them, ends the download when they are more than
/// <see cref="DownloaderOptions.MaxBytes"/>, and can be read only until the reader returns. It need not be disposed. Reading it
/// synchronously blocks the thread.</param>
public readonly record struct DownloadBody(DownloadItem Item, HttpContentHeaders Headers, Stream Stream);
