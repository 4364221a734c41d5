using Downloader.Tool;

using var output = new StandardStreamWriter(StandardStreamWriter.Output);
using var error = new StandardStreamWriter(StandardStreamWriter.Error);
return await ToolCommand.RunAsync(args, new ToolStreams(StandardInput.Open, output, error, ErrorTerminal.Find()));
