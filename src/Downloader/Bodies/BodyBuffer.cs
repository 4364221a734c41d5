using System.Buffers;

namespace Downloader;

/// <summary>A whole body in a pooled array, which grows with what comes: a length that the server only announces is not believed.</summary>
/// <param name="announced">The announced length; null when there is none.</param>
internal sealed class BodyBuffer(long? announced) : IDisposable
{
    private const int MinBytes = 4 * 1024;
    private const int MaxFirstBytes = 256 * 1024;

    // One byte more than the body, so that the read that finds the end does not make the array grow.
    private byte[] _array = ArrayPool<byte>.Shared.Rent((int)Math.Clamp((announced ?? 0) + 1, MinBytes, MaxFirstBytes));

    /// <summary>How many bytes it holds.</summary>
    public int Length { get; private set; }

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Content => _array.AsSpan(0, Length);

    /// <summary>Where to read to; never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (Length == _array.Length) Grow();
            return _array.AsMemory(Length);
        }
    }

    /// <summary>Takes over what was read into <see cref="Free"/>.</summary>
    public void Advance(int bytes) => Length += bytes;

    /// <summary>Returns the array.</summary>
    public void Dispose()
    {
        var array = _array;
        _array = [];
        if (array.Length > 0) ArrayPool<byte>.Shared.Return(array);
    }

    private void Grow()
    {
        if (Length == Array.MaxLength) throw new InvalidDataException($"The body is longer than an array can be, {Array.MaxLength} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * Length, Array.MaxLength));
        Content.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
