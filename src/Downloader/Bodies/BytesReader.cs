namespace Downloader;

/// <summary>The body as an array.</summary>
internal sealed class BytesReader : BufferedReader<byte[]>
{
    public static BytesReader Instance { get; } = new();

    protected override byte[] Convert(DownloadBody body, ReadOnlySpan<byte> content) => content.ToArray();
}
