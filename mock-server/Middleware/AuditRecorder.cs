using System.Text;
using Downloader.MockServer.Client;

namespace Downloader.MockServer.Middleware;

/// <summary>The log of requests since a reset, in order of arrival. Appending takes no lock.</summary>
internal sealed class AuditRecorder
{
    /// <summary>4 million requests, some 370 MB.</summary>
    public const int MaxRequests = RequestLog.MaxRequests;

    /// <summary>Far above any measurement; keeps a client that only begins and ends iterations from filling the memory.</summary>
    public const int MaxIterations = 10_000;

    /// <summary>The most bytes that all reports of clients take together.</summary>
    public const int MaxReportBytes = 4 * 1024 * 1024;

    /// <summary>Memory for this many requests is made ready when a log starts, outside of what is measured.</summary>
    public const int ReadyRequests = 32 * ChunkSize;

    private const int ChunkBits = 12;
    private const int ChunkSize = 1 << ChunkBits;
    private const int MaxChunks = MaxRequests / ChunkSize;

    /// <summary>How many chunks ahead of their use further ones are made ready: 16,000 requests, which take half a second at full
    /// speed.</summary>
    private const int ChunksAhead = 4;

    private readonly Chunk?[] _chunks = new Chunk[MaxChunks];
    private readonly List<IterationInterval> _iterations = [];
    private readonly Lock _iterationsLock = new();
    private Segment _segment = new(Iteration: -1, First: 0);
    private int _capacity;
    private int _reportBytes;
    private long _arrived;

    /// <param name="number">Which log of this server it is.</param>
    /// <param name="capacity">How many requests it holds; those past that are only counted. 0 to <see cref="MaxRequests"/>.</param>
    public AuditRecorder(int number, int capacity)
    {
        Number = number;
        _capacity = capacity;
        var ready = Math.Min(capacity, ReadyRequests);
        for (var chunk = 0; chunk << ChunkBits < ready; chunk++) EnsureChunk(chunk);
    }

    /// <summary>Which log of this server it is: each reset starts another one.</summary>
    public int Number { get; }

    /// <summary>How many requests it holds in memory.</summary>
    public int Logged => (int)Math.Min(Interlocked.Read(ref _arrived), Volatile.Read(ref _capacity));

    /// <summary>Reserves a position for a request that arrives now; index −1 where it is only counted.</summary>
    public (int Index, int Iteration, int Sequence) RecordArrival()
    {
        // The segment before the index: then an index is never below its segment's first.
        var segment = Volatile.Read(ref _segment);
        var index = Interlocked.Increment(ref _arrived) - 1;
        var sequence = unchecked((int)(index - segment.First)) & int.MaxValue;
        if (index >= Volatile.Read(ref _capacity)) return (-1, segment.Iteration, sequence);

        var chunk = (int)(index >> ChunkBits);
        EnsureChunk(chunk);
        if ((index & (ChunkSize - 1)) == 0) PrepareChunk(chunk + ChunksAhead);
        return ((int)index, segment.Iteration, sequence);
    }

    public void Complete(int index, in RequestRecord request)
    {
        var chunk = _chunks[index >> ChunkBits]!;
        var position = index & (ChunkSize - 1);
        chunk.Requests[position] = request;
        Volatile.Write(ref chunk.IsCompleted[position], true);
    }

    /// <exception cref="AuditLimitException">There are <see cref="MaxIterations"/> already.</exception>
    public void BeginIteration(TimeSpan now)
    {
        lock (_iterationsLock)
        {
            if (_iterations.Count == MaxIterations)
                throw new AuditLimitException($"the log holds at most {MaxIterations} iterations; reset it first");
            EndIteration(now);
            _iterations.Add(new IterationInterval(now, null));
            Volatile.Write(ref _segment, new Segment(_iterations.Count - 1, Interlocked.Read(ref _arrived)));
        }
    }

    /// <summary>Ends the current iteration, if there is one. Requests until the next one go on counting, but belong to none.</summary>
    /// <exception cref="AuditLimitException">The reports take more than <see cref="MaxReportBytes"/>.</exception>
    public void EndIteration(TimeSpan now, string? clientReport = null)
    {
        lock (_iterationsLock)
        {
            if (_iterations is not [.., { Ended: null } last]) return;
            var reportBytes = _reportBytes + Encoding.UTF8.GetByteCount(clientReport ?? "");
            if (reportBytes > MaxReportBytes)
                throw new AuditLimitException($"the log holds at most {MaxReportBytes} bytes of client reports; reset it first");
            _reportBytes = reportBytes;
            _iterations[^1] = last with { Ended = now, ClientReport = clientReport };
            Volatile.Write(ref _segment, _segment with { Iteration = -1 });
        }
    }

    /// <summary>Keeps what is logged, and only counts from here on.</summary>
    public void StopLogging() => Volatile.Write(ref _capacity, Logged);

    /// <summary>The completed requests from a position on.</summary>
    /// <param name="from">The first position; the iterations are part of the page for position 0.</param>
    /// <param name="to">The position to stop before.</param>
    public AuditPage Read(int from, int to)
    {
        // The requests before the iterations: a request that has arrived then belongs to an iteration that is known.
        var arrived = Interlocked.Read(ref _arrived);
        var logged = (int)Math.Min(arrived, Volatile.Read(ref _capacity));
        var next = (int)Math.Min((long)from + AuditPage.MaxRequests, Math.Min(to, logged));
        var requests = new List<RequestRecord>(Math.Max(0, next - from));
        for (var index = from; index < next; index++)
        {
            var chunk = Volatile.Read(ref _chunks[index >> ChunkBits]);
            var position = index & (ChunkSize - 1);
            if (chunk is not null && Volatile.Read(ref chunk.IsCompleted[position])) requests.Add(chunk.Requests[position]);
        }

        IterationInterval[] iterations = [];
        if (from == 0)
        {
            lock (_iterationsLock) iterations = [.. _iterations];
        }

        return new AuditPage(Number, iterations, [.. requests], Math.Max(from, next), logged, arrived - logged);
    }

    /// <summary>Memory that is new is slow at its first use: no request waits for it.</summary>
    private void PrepareChunk(int number)
    {
        var isInCapacity = number < MaxChunks && number << ChunkBits < Volatile.Read(ref _capacity);
        var isNeeded = isInCapacity && Volatile.Read(ref _chunks[number]) is null;
        if (isNeeded) ThreadPool.UnsafeQueueUserWorkItem(recorder => recorder.EnsureChunk(number), this, preferLocal: false);
    }

    private void EnsureChunk(int number)
    {
        if (Volatile.Read(ref _chunks[number]) is null) Interlocked.CompareExchange(ref _chunks[number], new Chunk(), null);
    }

    private sealed record Segment(int Iteration, long First);

    private sealed class Chunk
    {
        public readonly RequestRecord[] Requests = new RequestRecord[ChunkSize];
        public readonly bool[] IsCompleted = new bool[ChunkSize];

        // Writes to each page of memory, so that the system provides it now and not when a request is recorded.
        public Chunk() => Array.Clear(Requests);
    }
}
