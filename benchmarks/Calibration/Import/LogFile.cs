using System.IO.Compression;
using System.Text;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Opens logs.</summary>
internal static class LogFile
{
    /// <summary>Lines of a log; of one that ends with <c>.gz</c>, unpacked.</summary>
    public static TextReader Open(string path)
    {
        Stream stream = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) stream = new GZipStream(stream, CompressionMode.Decompress);
        return new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
    }
}
