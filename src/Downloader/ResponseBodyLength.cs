using System.Net.Http.Headers;

namespace Downloader;

/// <summary>How long a response says that its body is, by RFC 9112, section 6.3.</summary>
internal static class ResponseBodyLength
{
    private const string HeaderName = "Content-Length";

    /// <summary>Reads the headers that delimit the body.</summary>
    /// <param name="response">The response, its headers received.</param>
    /// <param name="length">The announced length in bytes; null when the body ends with its last chunk or with the connection. Chunks
    /// override a Content-Length, whatever it says.</param>
    /// <returns>Null, or a failure: a Content-Length that is no number, or several that differ, leave the end of the body unknown, so that
    /// a part of it, or of the next response, could be taken for the whole. One line that lists equal lengths ("5, 5") is refused too: the
    /// RFC lets a recipient take it as one, but the handler does not.</returns>
    public static DownloadFailure? Read(HttpResponseMessage response, out long? length)
    {
        length = null;
        if (response.Headers.TransferEncodingChunked == true) return null;
        var headers = response.Content.Headers;
        length = headers.ContentLength;
        var isPresent = headers.NonValidated.TryGetValues(HeaderName, out var values);
        return !isPresent || (length is not null && AreEqual(values)) ? null : DownloadFailure.InvalidContentLength(values.ToString());
    }

    private static bool AreEqual(HeaderStringValues values)
    {
        if (values.Count == 1) return true;
        string? first = null;
        foreach (var value in values)
        {
            first ??= value;
            if (value != first) return false;
        }

        return true;
    }
}
