return new Downloader.MockServer.CommandLine().Run(args);
