using System.CommandLine;
using System.Globalization;
using System.Net;
using Downloader.MockServer.Client;
using Downloader.MockServer.Hosting;

namespace Downloader.MockServer;

/// <summary>The command line of the mock server.</summary>
internal sealed class CommandLine
{
    private static readonly Scenario Default = new();

    private readonly ScenarioOptions _scenario = new(Default);
    private readonly Option<int> _port = Port("--port", 5080, "The port of the main endpoint, which speaks HTTP/1.1");
    private readonly Option<int> _http2Port = Port("--http2-port", 0, "The port of the HTTP/2 endpoint (clear text)");
    private readonly Option<int> _httpsPort = Port("--https-port", 0, "The port of the HTTPS endpoint");
    private readonly Option<IPAddress> _bind = new("--bind")
    {
        HelpName = "ADDRESS",
        Description = "The IP address to listen on; any but a loopback one lets other machines in.",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address)) return address;
            result.AddError($"--bind {result.Tokens[0].Value}: takes an IP address of this machine, as 127.0.0.1 or 0.0.0.0");
            return null;
        },
    };

    private readonly Option<bool> _remoteControl = new("--remote-control")
    {
        Description = "Lets other machines read the audit and change the scenario; needed by a suite on another machine.",
    };

    private readonly Option<bool> _endWithInput = new("--end-with-input")
    {
        Description = "Ends when standard input ends: a server that was started by another process ends with it, and leaves Ctrl-C to it.",
    };

    /// <summary>Runs what the command line says; returns the exit code.</summary>
    public int Run(string[] arguments)
    {
        var root = new RootCommand("A web server for measuring downloaders: two pages, /jython and /dice, under conditions as real servers impose them.")
        {
            _port, _http2Port, _httpsPort, _bind, _remoteControl, _endWithInput,
        };
        foreach (var option in _scenario.All) root.Add(option);

        root.SetAction(result => MockServerRun.Until(Settings(result)));

        var result = root.Parse(arguments);
        if (result.Errors is [var error, ..]) return Refuse(error.Message);
        try
        {
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (ScenarioException e)
        {
            return Refuse(e.Message);
        }
    }

    private ServerSettings Settings(ParseResult result) => new(
        _scenario.Apply(result, Default),
        result.GetValue(_bind)!,
        result.GetValue(_port),
        result.GetValue(_http2Port),
        result.GetValue(_httpsPort),
        result.GetValue(_remoteControl),
        result.GetValue(_endWithInput));

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }

    private static Option<int> Port(string name, int standard, string description) => new(name)
    {
        HelpName = "N",
        Description = $"{description}; 0 for any free one.",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535) return port;
            result.AddError($"{name} {text}: takes a port, 0 to 65535");
            return 0;
        },
    };
}
