namespace Downloader.Tool;

/// <summary>Saves each body in the folder of --output; its value is the path of the file.</summary>
/// <param name="folder">The folder, which has a name for each download.</param>
internal sealed class SavingBodyReader(OutputFolder folder) : BodyReader<string>
{
    /// <inheritdoc/>
    public override ValueTask<string> ReadAsync(DownloadBody body, CancellationToken cancellationToken) =>
        folder.WriteAsync(body.Item.Index, body.Stream, cancellationToken);

    /// <inheritdoc/>
    public override string Read(DownloadBody body, CancellationToken cancellationToken) => folder.Write(body.Item.Index, body.Stream);
}
