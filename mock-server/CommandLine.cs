using System.CommandLine;
using System.Globalization;
using System.Net;
using Downloader.MockServer.Client;
using Downloader.MockServer.Hosting;

namespace Downloader.MockServer;

/// <summary>The command line of the mock server.</summary>
internal sealed class CommandLine
{
    private const int DefaultPort = 5080;

    /// <summary>Longer than any error of ours, which shorten the values that they name.</summary>
    private const int MaxErrorCharacters = 1_000;
    private static readonly Scenario Default = new();

    private readonly ScenarioOptions _scenario = new(Default);
    private readonly Option<int?> _port = CreatePort("--port", "The port of the main endpoint (HTTP/1.1)", DefaultPort);
    private readonly Option<int?> _http2Port = CreatePort("--http2-port", "The port of the HTTP/2 endpoint (clear text)", 0);
    private readonly Option<int?> _httpsPort = CreatePort("--https-port", "The port of the HTTPS endpoint", 0);
    private readonly Option<IPAddress?> _bind = Create<IPAddress?>(
        "--bind",
        "ADDRESS",
        $"The IP address to listen on; with any but a loopback one other machines can connect. Default {IPAddress.Loopback}.",
        "an IP address of this machine, as 127.0.0.1 or 0.0.0.0",
        text => IPAddress.TryParse(text, out var address) ? address : null);

    private readonly Option<bool> _remoteControl = new("--remote-control")
    {
        Description = "Lets other machines read the audit and change the scenario; needed by a suite on another machine.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _endWithInput = new("--end-with-input")
    {
        Description = "Ends when standard input ends: a server that was started by another process ends with it, and ignores Ctrl-C.",
        Arity = ArgumentArity.Zero,
    };

    /// <summary>Runs the command line; returns the exit code.</summary>
    public int Run(string[] arguments)
    {
        var root = new RootCommand(
            "A web server for measuring downloaders: two pages, /jython and /dice, or those of --pages, under conditions as real servers "
            + "impose them.")
        {
            _port, _http2Port, _httpsPort, _bind, _remoteControl, _endWithInput,
        };
        foreach (var option in _scenario.All) root.Add(option);

        root.SetAction(result => MockServerRun.RunUntilShutdown(CreateSettings(result)));

        var result = root.Parse(arguments);
        if (result.Errors is [var error, ..]) return WriteError(error.Message);
        try
        {
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (ScenarioException e)
        {
            return WriteError(e.Message);
        }
    }

    private ServerSettings CreateSettings(ParseResult result) => new(
        _scenario.Apply(result, _scenario.GetFile(result)?.Scenario ?? Default),
        result.GetValue(_bind) ?? IPAddress.Loopback,
        result.GetValue(_port) ?? DefaultPort,
        result.GetValue(_http2Port) ?? 0,
        result.GetValue(_httpsPort) ?? 0,
        result.GetValue(_remoteControl),
        result.GetValue(_endWithInput));

    private static int WriteError(string message)
    {
        Console.Error.WriteLine(SingleLine.From(message, MaxErrorCharacters));
        return 2;
    }

    private static Option<int?> CreatePort(string name, string description, int defaultPort) => Create<int?>(
        name,
        "N",
        $"{description}; 0 for any free one. Default {defaultPort}.",
        "a port between 0 and 65535",
        ParsePort);

    private static int? ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort ? port : null;

    /// <param name="name">As on the command line.</param>
    /// <param name="helpName">The placeholder for its value in the help.</param>
    /// <param name="description">What it does, a sentence.</param>
    /// <param name="allowedValues">The values it takes, in words.</param>
    /// <param name="parse">Reads a value; null for text that is no allowed one.</param>
    private static Option<T> Create<T>(
        string name, string helpName, string description, string allowedValues, Func<string, T> parse)
    {
        return new Option<T>(name)
        {
            HelpName = helpName,
            Description = description,
            // Exactly one value, which the parser checks; a default value would hide that it is missing.
            Arity = ArgumentArity.ZeroOrMore,
            CustomParser = result =>
            {
                if (SingleValue.Get(result, allowedValues) is not { } text) return default;
                var value = parse(text);
                if (value is null) result.AddError($"{name} {SingleLine.From(text)}: must be {allowedValues}");
                return value;
            },
        };
    }
}
