using Downloader.Lab;

namespace Downloader.MockServer.Witness;

/// <summary>The log of requests since a reset, in order of arrival. Appending takes no lock.</summary>
internal sealed class AuditRecorder
{
    private const int ChunkBits = 12;
    private const int ChunkSize = 1 << ChunkBits;
    private const int Chunks = 1024;

    /// <summary>The most requests it holds: 4 million, some 250 MB; those past that are counted only.</summary>
    public const int Room = ChunkSize * Chunks;

    private readonly Chunk?[] _chunks = new Chunk[Chunks];
    private readonly List<IterationMark> _iterations = [];
    private readonly Lock _iterationsLock = new();
    private Segment _segment = new(Iteration: -1, First: 0);
    private long _arrived;

    /// <summary>Makes room for a request that arrives now.</summary>
    public (int Index, int Iteration, int Sequence) Arrive()
    {
        // The segment before the index: then an index is never below its segment's first.
        var segment = Volatile.Read(ref _segment);
        var index = Interlocked.Increment(ref _arrived) - 1;
        var sequence = unchecked((int)(index - segment.First));
        if (index >= Room) return (-1, segment.Iteration, sequence);

        var number = (int)(index >> ChunkBits);
        EnsureChunk(number);
        // The first of a chunk sees to the next one, so that nobody waits for memory when it is needed.
        if ((index & (ChunkSize - 1)) == 0 && number + 1 < Chunks) EnsureChunk(number + 1);
        return ((int)index, segment.Iteration, sequence);
    }

    public void Complete(int index, in ServedRequest request)
    {
        if (index < 0) return;
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
            _iterations.Add(new IterationMark(now, null));
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

    public AuditLog Read()
    {
        IterationMark[] iterations;
        lock (_iterationsLock) iterations = [.. _iterations];

        var arrived = Interlocked.Read(ref _arrived);
        var logged = (int)Math.Min(arrived, Room);
        var requests = new List<ServedRequest>(logged);
        for (var index = 0; index < logged; index++)
        {
            var chunk = Volatile.Read(ref _chunks[index >> ChunkBits]);
            var place = index & (ChunkSize - 1);
            if (chunk is not null && Volatile.Read(ref chunk.IsCompleted[place])) requests.Add(chunk.Requests[place]);
        }

        return new AuditLog(iterations, requests, logged - requests.Count, arrived - logged);
    }

    private void EnsureChunk(int number)
    {
        if (Volatile.Read(ref _chunks[number]) is null) Interlocked.CompareExchange(ref _chunks[number], new Chunk(), null);
    }

    private sealed record Segment(int Iteration, long First);

    private sealed class Chunk
    {
        public readonly ServedRequest[] Requests = new ServedRequest[ChunkSize];
        public readonly bool[] IsCompleted = new bool[ChunkSize];
    }
}
