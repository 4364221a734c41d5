namespace Downloader.Tool;

/// <summary>What the tool reads and writes beside files.</summary>
/// <param name="OpenInput">Opens standard input.</param>
/// <param name="Output">Standard output; a line that cannot be written is an <see cref="IOException"/>.</param>
/// <param name="Error">Standard error, likewise.</param>
/// <param name="Terminal">The terminal that standard error is; null when it is none.</param>
internal sealed record ToolStreams(Func<Stream> OpenInput, TextWriter Output, TextWriter Error, ErrorTerminal? Terminal);
