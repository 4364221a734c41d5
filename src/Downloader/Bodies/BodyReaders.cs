namespace Downloader;

/// <summary>Ready-made readers of bodies.</summary>
public static class BodyReaders
{
    /// <summary>Reads the whole body and keeps nothing; its value is the number of bytes.</summary>
    public static BodyReader<long> Discard => DiscardReader.Instance;

    /// <summary>The body as text, in the charset of its Content-Type, else by its byte order mark, else UTF-8. A charset that .NET does
    /// not know is a failure.</summary>
    public static BodyReader<string> Text => BodyTextReader.Instance;

    /// <summary>The body as an array of bytes.</summary>
    public static BodyReader<byte[]> Bytes => BytesReader.Instance;

    /// <summary>Writes each body to a file; its value is the path. The folder is created where it is missing. The bytes go to a temporary
    /// file in the same folder, which gets its name when it is complete and then replaces a file of that name; of a download that failed
    /// nothing is left.</summary>
    /// <param name="path">The path for a download; called for several at the same time. Two downloads must not get the same path. Take
    /// care where it comes from a URL: <c>..</c> leads out of a folder.</param>
    public static BodyReader<string> File(Func<DownloadItem, string> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new FileReader(path);
    }

    /// <summary>A reader for all strategies.</summary>
    /// <param name="readAsync">Reads a body without blocking.</param>
    /// <param name="read">Reads a body on the calling thread.</param>
    public static BodyReader<T> Create<T>(
        Func<DownloadBody, CancellationToken, ValueTask<T>> readAsync, Func<DownloadBody, CancellationToken, T> read)
    {
        ArgumentNullException.ThrowIfNull(readAsync);
        ArgumentNullException.ThrowIfNull(read);
        return new DelegateReader<T>(readAsync, read);
    }

    /// <summary>A reader for asynchronous strategies. A run of a blocking strategy is refused with an
    /// <see cref="ArgumentException"/>.</summary>
    /// <param name="readAsync">Reads a body without blocking.</param>
    public static BodyReader<T> Create<T>(Func<DownloadBody, CancellationToken, ValueTask<T>> readAsync)
    {
        ArgumentNullException.ThrowIfNull(readAsync);
        return new DelegateReader<T>(readAsync, read: null);
    }
}
