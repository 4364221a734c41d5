using System.ComponentModel;
using System.Diagnostics;

namespace Downloader.Tests.Support;

/// <summary>A network of its own for each client, as machines have it: a namespace with an address, connected to this machine. It takes
/// Linux, root and the program ip; elsewhere the clients share this machine's loopback interface.</summary>
internal sealed class ClientNetworks : IDisposable
{
    private readonly List<string> _namespaces = [];
    private readonly int _subnet = Environment.ProcessId % 250;

    /// <param name="clients">How many, 50 at most.</param>
    public ClientNetworks(int clients)
    {
        Debug.Assert(clients <= 50, "Each takes four addresses of one subnet.");
        for (var client = 0; client < clients; client++)
        {
            if (TryCreate(client)) continue;
            Dispose();
            _namespaces.Clear();
            return;
        }
    }

    /// <summary>Whether each client has a network of its own.</summary>
    public bool AreSeparate => _namespaces.Count > 0;

    /// <summary>What starts a program in a client's network; empty where all share one.</summary>
    public string[] GetPrefix(int client) => AreSeparate ? ["ip", "netns", "exec", _namespaces[client]] : [];

    /// <summary>The server's address, as a client reaches it.</summary>
    public Uri GetServer(int client, int port) => CreateUri(AreSeparate ? AddressOf(client, 1) : "127.0.0.1", port);

    public void Dispose()
    {
        // The other end of its link goes with the namespace.
        foreach (var name in _namespaces) Run("netns", "delete", name);
    }

    private bool TryCreate(int client)
    {
        var name = $"downloader-{Environment.ProcessId}-{client}";
        var link = $"dl{Environment.ProcessId % 100_000}-{client}";
        if (!Run("netns", "add", name)) return false;
        _namespaces.Add(name);
        return Run("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", name)
            && Run("address", "add", $"{AddressOf(client, 1)}/30", "dev", link)
            && Run("link", "set", link, "up")
            && Run("-n", name, "address", "add", $"{AddressOf(client, 2)}/30", "dev", "eth0")
            && Run("-n", name, "link", "set", "eth0", "up")
            && Run("-n", name, "link", "set", "lo", "up");
    }

    private static Uri CreateUri(string host, int port) => new($"http://{host}:{port}/");

    private string AddressOf(int client, int host) => $"10.213.{_subnet}.{(4 * client) + host}";

    private static bool Run(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
