using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Downloader.MockServer.Client;

/// <summary>The audit on the wire: a header, the iterations with their claims, then a record of fixed size per request; little-endian, times in ticks of 100 ns.</summary>
/// <remarks>A million requests are 55 MB and are read in a fraction of a second, where JSON would take ten times that of both.</remarks>
internal static class RequestLogFormat
{
    /// <summary>The media type, which names the version of the format.</summary>
    public const string MediaType = "application/vnd.downloader-lab.audit.v1";

    private const int HeaderBytes = 4 + 4 + 4 + 8;
    private const int MarkBytes = 8 + 8 + 4;
    private const int RequestBytes = (5 * 8) + (3 * 4) + 3;
    private const long NotEnded = -1;

    /// <summary>Writes an audit; whoever owns the buffer may flush it after each call of <paramref name="afterBlock"/>.</summary>
    public static async Task WriteAsync(RequestLog log, IBufferWriter<byte> output, Func<Task> afterBlock)
    {
        WriteHeader(log, output);
        const int Block = 1000;
        for (var from = 0; from < log.Requests.Count; from += Block)
        {
            WriteRequests(log.Requests, from, Math.Min(Block, log.Requests.Count - from), output);
            await afterBlock().ConfigureAwait(false);
        }
    }

    /// <summary>Reads an audit.</summary>
    /// <exception cref="InvalidDataException">The stream ends before the audit does.</exception>
    public static RequestLog Read(Stream input)
    {
        var buffer = new byte[RequestBytes * 1000];
        Fill(input, buffer.AsSpan(0, HeaderBytes));
        var requests = new RequestRecord[Int32(buffer, 0)];
        var iterations = new IterationInterval[Int32(buffer, 4)];
        var inFlight = Int32(buffer, 8);
        var dropped = Int64(buffer, 12);

        for (var i = 0; i < iterations.Length; i++)
        {
            Fill(input, buffer.AsSpan(0, MarkBytes));
            var (began, ended, claimBytes) = (Int64(buffer, 0), Int64(buffer, 8), Int32(buffer, 16));
            var claim = new byte[claimBytes];
            Fill(input, claim);
            iterations[i] = new IterationInterval(
                new TimeSpan(began),
                ended == NotEnded ? null : new TimeSpan(ended),
                claimBytes == 0 ? null : Encoding.UTF8.GetString(claim));
        }

        for (var from = 0; from < requests.Length;)
        {
            var count = Math.Min(buffer.Length / RequestBytes, requests.Length - from);
            Fill(input, buffer.AsSpan(0, count * RequestBytes));
            for (var i = 0; i < count; i++)
                requests[from++] = ReadRequest(buffer.AsSpan(i * RequestBytes, RequestBytes));
        }

        return new RequestLog(iterations, requests, inFlight, dropped);
    }

    private static void WriteHeader(RequestLog log, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(span, log.Requests.Count);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], log.Iterations.Count);
        BinaryPrimitives.WriteInt32LittleEndian(span[8..], log.InFlight);
        BinaryPrimitives.WriteInt64LittleEndian(span[12..], log.Dropped);
        output.Advance(HeaderBytes);
        foreach (var iteration in log.Iterations) WriteMark(iteration, output);
    }

    private static void WriteMark(IterationInterval iteration, IBufferWriter<byte> output)
    {
        var claim = Encoding.UTF8.GetBytes(iteration.Claim ?? "");
        var span = output.GetSpan(MarkBytes + claim.Length);
        BinaryPrimitives.WriteInt64LittleEndian(span, iteration.Began.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(span[8..], iteration.Ended?.Ticks ?? NotEnded);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], claim.Length);
        claim.CopyTo(span[MarkBytes..]);
        output.Advance(MarkBytes + claim.Length);
    }

    private static void WriteRequests(IReadOnlyList<RequestRecord> requests, int from, int count, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(count * RequestBytes);
        for (var i = 0; i < count; i++)
            WriteRequest(requests[from + i], span[(i * RequestBytes)..]);
        output.Advance(count * RequestBytes);
    }

    private static void WriteRequest(in RequestRecord request, Span<byte> span)
    {
        BinaryPrimitives.WriteInt64LittleEndian(span, request.Arrived.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(span[8..], request.Completed.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], request.Latency.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], request.Queued.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], request.Connecting.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], request.Iteration);
        BinaryPrimitives.WriteInt32LittleEndian(span[44..], request.Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(span[48..], request.Connection);
        span[52] = (byte)request.Page;
        span[53] = (byte)request.Protocol;
        span[54] = (byte)request.Outcome;
    }

    private static RequestRecord ReadRequest(ReadOnlySpan<byte> span) => new(
        Iteration: Int32(span, 40),
        Sequence: Int32(span, 44),
        Connection: Int32(span, 48),
        Page: (Page)span[52],
        Protocol: (WireProtocol)span[53],
        Outcome: (RequestOutcome)span[54],
        Arrived: new TimeSpan(Int64(span, 0)),
        Completed: new TimeSpan(Int64(span, 8)),
        Latency: new TimeSpan(Int64(span, 16)),
        Queued: new TimeSpan(Int64(span, 24)),
        Connecting: new TimeSpan(Int64(span, 32)));

    private static int Int32(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadInt32LittleEndian(span[at..]);

    private static long Int64(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadInt64LittleEndian(span[at..]);

    private static void Fill(Stream input, Span<byte> span)
    {
        try
        {
            input.ReadExactly(span);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The audit ends too early.");
        }
    }
}
