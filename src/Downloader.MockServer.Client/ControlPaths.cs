namespace Downloader.MockServer.Client;

/// <summary>The mock server's control paths. Requests to them are not audited, and of the scenario they meet nothing but the cost of a new
/// connection, since a connection does not tell what it is for before it is open.</summary>
internal static class ControlPaths
{
    /// <summary>What all of them begin with.</summary>
    public const string Root = "/_lab";

    /// <summary>GET: the scenario in force; PUT: another one.</summary>
    public const string Scenario = Root + "/scenario";

    /// <summary>GET: where the server listens.</summary>
    public const string Endpoints = Root + "/endpoints";

    /// <summary>GET: everything seen since the last reset, in <see cref="RequestLogFormat"/>; PUT: forget it and log from here on; DELETE: forget it and
    /// only count from here on.</summary>
    public const string Audit = Root + "/audit";

    /// <summary>POST: an iteration begins.</summary>
    public const string Begin = Audit + "/begin";

    /// <summary>POST: the iteration under way is over.</summary>
    public const string End = Audit + "/end";
}
