using Downloader.MockServer.Client;

namespace Downloader.MockServer.Middleware;

/// <summary>The log of requests since a reset, in order of arrival. Appending takes no lock.</summary>
internal sealed class AuditRecorder
{
    private const int ChunkBits = 12;
    private const int ChunkSize = 1 << ChunkBits;
    private const int Chunks = 1024;

    /// <summary>4 million requests, some 250 MB.</summary>
    public const int MaxRequests = ChunkSize * Chunks;

    private readonly int _room;
    private readonly Chunk?[] _chunks = new Chunk[Chunks];
    private readonly List<IterationInterval> _iterations = [];
    private readonly Lock _iterationsLock = new();
    private Segment _segment = new(Iteration: -1, First: 0);
    private long _arrived;

    /// <param name="room">How many requests it holds; those past that are counted only. 0 to <see cref="MaxRequests"/>.</param>
    public AuditRecorder(int room)
    {
        _room = room;
        if (room > 0) EnsureChunk(0);
    }

    /// <summary>Makes room for a request that arrives now.</summary>
    public (int Index, int Iteration, int Sequence) Arrive()
    {
        // The segment before the index: then an index is never below its segment's first.
        var segment = Volatile.Read(ref _segment);
        var index = Interlocked.Increment(ref _arrived) - 1;
        var sequence = unchecked((int)(index - segment.First));
        if (index >= _room) return (-1, segment.Iteration, sequence);

        var number = (int)(index >> ChunkBits);
        EnsureChunk(number);
        // Half-way through a chunk the next one is seen to, so that nobody waits for memory when it is needed, and a short run never does.
        if ((index & (ChunkSize - 1)) == ChunkSize / 2 && number + 1 < Chunks) EnsureChunk(number + 1);
        return ((int)index, segment.Iteration, sequence);
    }

    public void Complete(int index, in RequestRecord request)
    {
        var chunk = _chunks[index >> ChunkBits]!;
        var place = index & (ChunkSize - 1);
        chunk.Requests[place] = request;
        Volatile.Write(ref chunk.IsCompleted[place], true);
    }

    public void BeginIteration(TimeSpan now)
    {
        lock (_iterationsLock)
        {
            EndIteration(now);
            _iterations.Add(new IterationInterval(now, null));
            Volatile.Write(ref _segment, new Segment(_iterations.Count - 1, Interlocked.Read(ref _arrived)));
        }
    }

    /// <summary>Ends the iteration under way, if there is one. What comes until the next begins goes on counting, but belongs to none.</summary>
    public void EndIteration(TimeSpan now, string? claim = null)
    {
        lock (_iterationsLock)
        {
            if (_iterations is not [.., { Ended: null } last]) return;
            _iterations[^1] = last with { Ended = now, Claim = claim };
            Volatile.Write(ref _segment, _segment with { Iteration = -1 });
        }
    }

    public RequestLog Read()
    {
        IterationInterval[] iterations;
        lock (_iterationsLock) iterations = [.. _iterations];

        var arrived = Interlocked.Read(ref _arrived);
        var logged = (int)Math.Min(arrived, _room);
        var requests = new List<RequestRecord>(logged);
        for (var index = 0; index < logged; index++)
        {
            var chunk = Volatile.Read(ref _chunks[index >> ChunkBits]);
            var place = index & (ChunkSize - 1);
            if (chunk is not null && Volatile.Read(ref chunk.IsCompleted[place])) requests.Add(chunk.Requests[place]);
        }

        return new RequestLog(iterations, requests, logged - requests.Count, arrived - logged);
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
    }
}
