namespace Downloader.Tool;

/// <summary>The value of --input: a file of URLs, or standard input.</summary>
internal sealed class UrlInput
{
    private const string StandardInput = "-";
    private readonly string _name;
    private readonly Func<Stream> _openStandardInput;
    private Stream? _first;

    /// <summary>Opens it.</summary>
    /// <param name="name">A path, or - for standard input.</param>
    /// <param name="openStandardInput">Opens standard input.</param>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public UrlInput(string name, Func<Stream> openStandardInput)
    {
        _name = name;
        _openStandardInput = openStandardInput;
        _first = Open();
        IsFile = _first.CanSeek;
        CanReadAgain = IsFile && name != StandardInput;
    }

    /// <summary>Whether it is a file, whose end can be read without waiting; otherwise it is a pipe or a terminal.</summary>
    public bool IsFile { get; }

    /// <summary>Whether it can be read from the beginning as often as one likes.</summary>
    public bool CanReadAgain { get; }

    /// <summary>A reader from the beginning; where it cannot be read again, for the first call only.</summary>
    /// <exception cref="UsageException">It cannot be read any more.</exception>
    public UrlLineReader OpenReader() => new(new StreamReader(Interlocked.Exchange(ref _first, null) ?? Open()), mayBlock: IsFile);

    /// <summary>The error of a read that failed.</summary>
    public UsageException CreateError(Exception exception) => new(
        $"--input {PrintableText.Escape(_name)}: must be a file that can be read, or - for standard input; {exception.Message}");

    private Stream Open()
    {
        try
        {
            return _name == StandardInput
                ? _openStandardInput()
                : new FileStream(_name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CreateError(e);
        }
    }
}
