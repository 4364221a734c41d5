namespace Downloader.MockServer.Hosting;

/// <summary>A control request is refused; the message is one line.</summary>
internal sealed class ControlRequestException(int status, string message) : Exception(message)
{
    /// <summary>The status of the answer.</summary>
    public int Status { get; } = status;
}
