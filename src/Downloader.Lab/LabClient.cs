namespace Downloader.Lab;

/// <summary>Speaks to the mock server's control paths, which are no part of what it measures. Synchronous: used between measurements only.</summary>
public sealed class LabClient(Uri server) : IDisposable
{
    /// <summary>The server spoken to.</summary>
    public Uri Server { get; } = server;

    /// <summary>Where the server listens, by protocol.</summary>
    public LabEndpoints GetEndpoints() => throw new NotImplementedException();

    /// <summary>The scenario in force.</summary>
    public Scenario GetScenario() => throw new NotImplementedException();

    /// <summary>Changes the scenario from the next request on.</summary>
    public void SetScenario(Scenario scenario) => throw new NotImplementedException();

    /// <summary>Forgets all requests and iterations seen.</summary>
    public void ResetAudit() => throw new NotImplementedException();

    /// <summary>An iteration begins: requests from here on belong to it, and their sequence starts again at 0.</summary>
    public void BeginIteration() => throw new NotImplementedException();

    /// <summary>The iteration under way is over, as the client sees it.</summary>
    /// <param name="claim">What the client says of it, kept as it is.</param>
    public void EndIteration(string? claim = null) => throw new NotImplementedException();

    /// <summary>Everything seen since the last reset.</summary>
    public AuditLog ReadAudit() => throw new NotImplementedException();

    /// <summary>Closes the connection.</summary>
    public void Dispose() { }
}

/// <summary>stub</summary>
public sealed class LabException(string message) : Exception(message);
