namespace Downloader.MockServer.Simulation;

/// <summary>Result of trying to enter the limiter.</summary>
internal enum Admission
{
    /// <summary>Entered; must leave later.</summary>
    Admitted,

    /// <summary>Not entered: the queue is full.</summary>
    Rejected,

    /// <summary>Not entered: cancelled while waiting.</summary>
    Canceled,
}
