using System.Net;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>On how many machines the clients of a run were, at least.</summary>
/// <remarks>Clients that share a machine's id or an address are on one machine, and so is the server with a client that came by loopback:
/// several processes on one machine, in containers or network namespaces too, do not count as several. Machines behind one address
/// (NAT) count as one.</remarks>
/// <param name="Machines">Distinct machines of clients.</param>
/// <param name="IncludesServer">Whether one of them is the server's.</param>
public sealed record MachineCount(int Machines, bool IncludesServer)
{
    private const string Server = "server";

    /// <summary>Counts the machines of a run.</summary>
    public static MachineCount Of(LoadRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var groups = new List<HashSet<string>> { new() { Server, $"id {run.ServerMachine.Id}" } };
        foreach (var client in run.Clients)
        {
            HashSet<string> marks = [$"id {client.Machine.Id}", $"address {GetAddress(client.Address)}", $"client {client.Number}"];
            if (client.IsOnServerMachine) marks.Add(Server);
            var same = groups.Where(group => group.Overlaps(marks)).ToList();
            foreach (var group in same)
            {
                marks.UnionWith(group);
                groups.Remove(group);
            }

            groups.Add(marks);
        }

        var ofClients = groups.Where(group => group.Any(mark => mark.StartsWith("client ", StringComparison.Ordinal))).ToList();
        return new MachineCount(ofClients.Count, ofClients.Any(group => group.Contains(Server)));
    }

    private static string GetAddress(string endpoint) =>
        IPEndPoint.TryParse(endpoint, out var parsed) ? parsed.Address.ToString() : endpoint;
}
