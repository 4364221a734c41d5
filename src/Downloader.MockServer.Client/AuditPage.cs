using MemoryPack;

namespace Downloader.MockServer.Client;

/// <summary>A part of the log as it is sent: the completed requests among <see cref="MaxRequests"/> positions, in MemoryPack's
/// format.</summary>
/// <remarks>
/// <para>Pages keep each answer small, so that neither side holds more than a few megabytes beside the log itself, and hostile answers stay
/// below <see cref="MaxBytes"/>. MemoryPack copies the records as they lie in memory, which is possible because both sides are this
/// assembly.</para>
/// <para>Below <see cref="MaxBytes"/> the product of a forged length and the size of a record cannot exceed an int, which MemoryPack relies
/// on.</para>
/// </remarks>
/// <param name="LogNumber">Which log it is of: a reset starts another one.</param>
/// <param name="Iterations">All iterations on the first page; none on later pages.</param>
/// <param name="Requests">The completed requests of this page, in order of arrival.</param>
/// <param name="Next">Where the next page starts.</param>
/// <param name="Logged">Requests that were logged when this page was made, completed or not: where the log ends.</param>
/// <param name="Dropped">Requests that were not logged.</param>
[MemoryPackable]
internal sealed partial record AuditPage(
    int LogNumber,
    IterationInterval[] Iterations,
    RequestRecord[] Requests,
    int Next,
    int Logged,
    long Dropped)
{
    /// <summary>The media type, which names the version of the format.</summary>
    public const string MediaType = "application/vnd.downloader.audit.v5";

    /// <summary>The most positions of a page: 0.9 MB.</summary>
    public const int MaxRequests = 10_000;

    /// <summary>The longest answer that the client accepts: a full page with all iterations and their reports takes 6 MB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Reads a page and checks every value in it.</summary>
    /// <exception cref="InvalidDataException">It is no page of a log.</exception>
    public static AuditPage Read(ReadOnlySpan<byte> bytes)
    {
        AuditPage? page;
        try
        {
            page = MemoryPackSerializer.Deserialize<AuditPage>(bytes);
        }
        catch (Exception e) when (e is MemoryPackSerializationException or OverflowException)
        {
            throw new InvalidDataException("it cannot be read");
        }

        return page is { Iterations: not null, Requests: not null } && page.IsPossible()
            ? page
            : throw new InvalidDataException("it contains values that no log has");
    }

    private bool IsPossible()
    {
        var hasPositions = Next >= 0 && Logged >= Next && Dropped >= 0 && Requests.Length <= Math.Min(Next, MaxRequests);
        return hasPositions
            && Array.TrueForAll(Iterations, iteration => iteration is not null && !(iteration.Ended < iteration.Began))
            && Array.TrueForAll(Requests, IsPossible);
    }

    private static bool IsPossible(RequestRecord request)
    {
        var isKnownPage = request.Page <= Page.Large || request.Page.GetPosition() is not null;
        var isKnown = isKnownPage && request is { Protocol: <= WireProtocol.Https, Outcome: <= RequestOutcome.Abandoned };
        var isCounted = request is { Iteration: >= -1, Sequence: >= 0, Client: >= -1, Connection: >= 1, BodyBytes: >= 0 };
        return isKnown && isCounted && request.AnswerBegan >= request.Arrived && AreDurations(request);
    }

    private static bool AreDurations(RequestRecord request) =>
        request.Arrived >= TimeSpan.Zero && request.Latency >= TimeSpan.Zero
        && request.Queued >= TimeSpan.Zero && request.Connecting >= TimeSpan.Zero;
}
