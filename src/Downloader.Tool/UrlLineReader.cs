using System.Text;

namespace Downloader.Tool;

/// <summary>Reads URLs from text, one a line, each as soon as its line has ended. Blank lines are skipped, and comments: # at the beginning
/// of a line or behind white space.</summary>
/// <remarks>Of a line it keeps only as much as shows that it is too long for a URL: a line of any length needs little memory.</remarks>
/// <param name="reader">The text.</param>
/// <param name="mayBlock">Whether reads block the caller, which is quicker for a file; otherwise waiting can be cancelled.</param>
internal sealed class UrlLineReader(TextReader reader, bool mayBlock) : IDisposable
{
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _line = new();
    private int _position;
    private int _length;
    private bool _isInComment;
    private bool _hasEnded;

    /// <summary>The next URL, without white space around it; text longer than a URL can be is cut to one character more than
    /// <see cref="ListedUrl.MaxLength"/>. Null at the end.</summary>
    /// <param name="cancellationToken">Stops the reading between blocks of a file, which can be read on. For a pipe stops the waiting, but
    /// not the read that waits: only <see cref="TryTakeBuffered"/> can be called after it.</param>
    /// <exception cref="IOException">The text cannot be read.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTakeBuffered() is { } url) return url;
            if (_hasEnded) return TakeLine();
            cancellationToken.ThrowIfCancellationRequested();
            _length = mayBlock ? reader.Read(_buffer) : await ReadPipeAsync(cancellationToken);
            _position = 0;
            _hasEnded = _length == 0;
        }
    }

    /// <summary>The next URL of those whose line was read already to its end; null when there is none.</summary>
    public string? TryTakeBuffered()
    {
        while (_position < _length)
        {
            var letter = _buffer[_position++];
            if (letter is not ('\n' or '\r')) Append(letter);
            else if (TakeLine() is { } url) return url;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    // The read itself cannot be cancelled, and a pipe can keep it waiting for ever.
    private Task<int> ReadPipeAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync(_buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(cancellationToken);

    private void Append(char letter)
    {
        if (_isInComment) return;
        var isBehindWhiteSpace = _line.Length == 0 || char.IsWhiteSpace(_line[^1]);
        _isInComment = letter == '#' && isBehindWhiteSpace;
        var isIndent = _line.Length == 0 && char.IsWhiteSpace(letter);
        if (!_isInComment && !isIndent && _line.Length <= ListedUrl.MaxLength) _line.Append(letter);
    }

    private string? TakeLine()
    {
        var text = _line.ToString().TrimEnd();
        _line.Clear();
        _isInComment = false;
        return text.Length == 0 ? null : text;
    }
}
