using Downloader.Benchmarks.CommandLine;

return await BenchmarkCommand.RunAsync(args);
