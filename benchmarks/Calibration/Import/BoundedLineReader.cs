namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Reads lines without ever holding more than one buffer: a file without line breaks must not fill the memory.</summary>
/// <param name="reader">The text.</param>
internal sealed class BoundedLineReader(TextReader reader)
{
    /// <summary>The longest line that is read; more of it is skipped.</summary>
    public const int MaxLength = 32 * 1024;

    // What has such a line is no log, and may never end.
    private const int MaxSkipped = 16 * 1024 * 1024;

    private readonly char[] _buffer = new char[2 * MaxLength];
    private int _start;
    private int _end;

    /// <summary>The number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the current line was longer than <see cref="MaxLength"/>.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the current line ends with a line break; the last of a file may be half written.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Reads the next line, without its line break.</summary>
    /// <param name="line">It; valid until the next call.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">The line does not end within 16 million characters.</exception>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        IsTooLong = false;
        var searched = 0;
        var skipped = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf('\n');
            if (found >= 0) return Take(searched + found, isTerminated: true, out line);
            searched = _end - _start;
            if (searched > MaxLength)
            {
                // What is kept is enough to know that it is too long.
                IsTooLong = true;
                skipped += searched;
                if (skipped > MaxSkipped) throw new InvalidDataException($"line {Number + 1} does not end within 16 million characters");
                searched = _end = 0;
                _start = 0;
            }

            if (Fill()) continue;
            if (searched > 0 || IsTooLong) return Take(searched, isTerminated: false, out line);
            line = default;
            return false;
        }
    }

    private bool Take(int length, bool isTerminated, out ReadOnlySpan<char> line)
    {
        line = _buffer.AsSpan(_start, length).TrimEnd('\r');
        IsTooLong |= length > MaxLength;
        IsTerminated = isTerminated;
        _start += isTerminated ? length + 1 : length;
        Number++;
        return true;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = reader.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
