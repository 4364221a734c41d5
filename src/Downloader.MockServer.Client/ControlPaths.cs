namespace Downloader.MockServer.Client;

/// <summary>The mock server's control paths and headers.</summary>
/// <remarks>Control requests are not audited. Of the scenario only the connect latency applies to them, because the server cannot know what
/// a connection is for before it is open.</remarks>
internal static class ControlPaths
{
    /// <summary>The prefix of all control paths.</summary>
    public const string Root = "/_control";

    /// <summary>GET: the active scenario; PUT: replaces it.</summary>
    public const string Scenario = Root + "/scenario";

    /// <summary>GET: the addresses on which the server listens.</summary>
    public const string Endpoints = Root + "/endpoints";

    /// <summary>GET: a page of the log (<see cref="AuditPage"/>); PUT: clears the log and starts logging; DELETE: clears the log and only
    /// counts requests from then on.</summary>
    public const string Audit = Root + "/audit";

    /// <summary>POST: an iteration begins.</summary>
    public const string Begin = Audit + "/begin";

    /// <summary>POST: the current iteration ends.</summary>
    public const string End = Audit + "/end";

    /// <summary>POST: acquires the server for one run; the response stays open as long as the run lasts. DELETE: releases it.</summary>
    public const string Run = Root + "/run";

    /// <summary>POST: joins the run of several clients, or begins one; the response stays open until the client has ended. GET: that run,
    /// in an array that is empty where there is none. DELETE: forgets a run that is over, so that another one can begin.</summary>
    public const string Clients = Root + "/clients";

    /// <summary>POST: what a client says of its share; the client has ended.</summary>
    public const string Claim = Clients + "/claim";

    /// <summary>Marks every answer of a control path, so that the client can distinguish this project's mock server from other
    /// servers.</summary>
    public const string MarkerHeader = "X-Downloader-Mock-Server";

    /// <summary>Carries the token of the run that holds the server.</summary>
    public const string RunTokenHeader = "X-Downloader-Run";

    /// <summary>Carries the mark of a client that has joined a run, in its requests for pages too: whose request it is.</summary>
    public const string ClientHeader = "X-Downloader-Client";

    /// <summary>The line that releases a client which has joined.</summary>
    public const string ReleaseLine = "released";

    /// <summary>The beginning of the line that ends a run before its release; the reason follows.</summary>
    public const string FailurePrefix = "failed: ";
}
