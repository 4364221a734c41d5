using System.Runtime.CompilerServices;

namespace Downloader.Tool;

/// <summary>What is to be downloaded, in order: the URLs of the command line, then those of the input, as often as --repeat says. It is
/// read while downloads run, and remembers which URLs were taken and are not finished. One caller at a time reads it.</summary>
internal sealed class UrlSource : IDisposable
{
    private readonly int _argumentCount;
    private readonly UrlInput? _input;
    private readonly int _repeat;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Uri> _unfinished = [];

    // What comes in each round before the input is read: the arguments, and the input too where it cannot be read again.
    private readonly List<string> _listed;
    private UrlLineReader? _reader;
    private bool _hasReadInput;
    private int _round;
    private int _next;
    private long _taken;

    /// <param name="arguments">The URLs of the command line.</param>
    /// <param name="input">The input, or null.</param>
    /// <param name="repeat">How many times the whole list comes, 1 or more.</param>
    public UrlSource(IReadOnlyList<string> arguments, UrlInput? input, int repeat)
    {
        _argumentCount = arguments.Count;
        _listed = [.. arguments];
        _input = input;
        _repeat = repeat;
        _hasReadInput = input is null;
    }

    /// <summary>How many lines came so far, URLs and other texts.</summary>
    public long Count { get; private set; }

    /// <summary>How many there are in all, where no input has to be read to know it; otherwise null.</summary>
    public long? KnownCount => _input is null ? (long)_argumentCount * _repeat : null;

    /// <summary>Whether reading to the end waits for nobody.</summary>
    private bool HasEndWithoutWaiting => _hasReadInput || _input!.IsFile;

    /// <summary>Counts all, by reading the input once more; null where it cannot be read again.</summary>
    public async Task<long?> CountAllAsync(CancellationToken cancellationToken)
    {
        if (_input is null or { CanReadAgain: false }) return KnownCount;
        using var reader = _input.OpenReader();
        long count = _argumentCount;
        while (await reader.ReadAsync(cancellationToken) is not null) count++;
        return count * _repeat;
    }

    /// <summary>Reads all, and makes a source of it that has to read nothing.</summary>
    /// <param name="max">The most texts.</param>
    /// <returns>Null where there are more.</returns>
    /// <exception cref="UsageException">The input cannot be read.</exception>
    public async Task<UrlSource?> ReadAllAsync(long max)
    {
        var all = new List<string>();
        while (await ReadNextAsync(waits: true, CancellationToken.None) is { } text && all.Count <= max) all.Add(text);
        return all.Count > max ? null : new UrlSource(all, input: null, repeat: 1);
    }

    /// <summary>Takes all URLs, one after another, as they come. Each counts as not finished until <see cref="Finish"/>.</summary>
    /// <param name="onUri">Called for each URL before it is handed out, with its place among them.</param>
    /// <param name="onRefused">Called for text that is no URL.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UsageException">The input cannot be read.</exception>
    public async IAsyncEnumerable<Uri> TakeAllAsync(
        Action<long, Uri>? onUri, Action<ListedUrl> onRefused, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && await ReadNextAsync(waits: true, cancellationToken) is { } text)
        {
            var url = ListedUrl.Create(text);
            if (url.Uri is { } uri)
            {
                var index = _taken++;
                lock (_lock) _unfinished.Add(index, uri);
                onUri?.Invoke(index, uri);
                yield return uri;
            }
            else
            {
                onRefused(url);
            }
        }
    }

    /// <summary>Marks a URL as done or failed. May be called while others read.</summary>
    /// <param name="index">Its place among those taken.</param>
    public void Finish(long index)
    {
        lock (_lock) _unfinished.Remove(index);
    }

    /// <summary>After a run that was stopped: what it did not finish, and all that it did not take, in order. Of a pipe only what was
    /// already read from it.</summary>
    /// <exception cref="UsageException">The input cannot be read.</exception>
    public async IAsyncEnumerable<string> ReadRestAsync()
    {
        foreach (var (_, uri) in _unfinished.OrderBy(one => one.Key)) yield return uri.OriginalString;
        while (await ReadNextAsync(waits: HasEndWithoutWaiting, CancellationToken.None) is { } text) yield return text;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader?.Dispose();

    private async ValueTask<string?> ReadNextAsync(bool waits, CancellationToken cancellationToken)
    {
        while (_round < _repeat)
        {
            var text = await ReadNextOfRoundAsync(waits, cancellationToken);
            if (text is not null) Count++;
            if (text is not null || !_hasReadInput) return text;
            if (Count == 0) break;
            BeginNextRound();
        }

        return null;
    }

    private async ValueTask<string?> ReadNextOfRoundAsync(bool waits, CancellationToken cancellationToken)
    {
        if (_next < _listed.Count) return _listed[_next++];
        if (_hasReadInput) return null;
        var text = await ReadInputAsync(waits, cancellationToken);
        _hasReadInput = text is null && waits;
        var comesAgain = _repeat > 1 && !_input!.CanReadAgain;
        if (text is null || !comesAgain) return text;
        _listed.Add(text);
        _next = _listed.Count;
        return text;
    }

    private async ValueTask<string?> ReadInputAsync(bool waits, CancellationToken cancellationToken)
    {
        try
        {
            _reader ??= _input!.OpenReader();
            return waits ? await _reader.ReadAsync(cancellationToken) : _reader.TryTakeBuffered();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw _input!.CreateError(e);
        }
    }

    private void BeginNextRound()
    {
        _round++;
        _next = 0;
        if (_input is not { CanReadAgain: true }) return;
        _reader?.Dispose();
        _reader = null;
        _hasReadInput = false;
    }
}
