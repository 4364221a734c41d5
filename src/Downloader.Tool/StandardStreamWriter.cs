using System.Runtime.InteropServices;
using System.Text;

namespace Downloader.Tool;

/// <summary>Writes lines to standard output or standard error at once, in UTF-8, and reports what cannot be written: <see cref="Console"/>
/// ignores that the reader of a pipe has closed it, and takes time to set up.</summary>
internal sealed partial class StandardStreamWriter : TextWriter
{
    /// <summary>The descriptor of standard output.</summary>
    public const int Output = 1;

    /// <summary>The descriptor of standard error.</summary>
    public const int Error = 2;

    // EINTR and EAGAIN; the latter has this value on Linux and 35 on macOS and the BSDs.
    private const int Interrupted = 4;
    private static readonly int TryAgain = OperatingSystem.IsLinux() ? 11 : 35;

    private readonly int _descriptor;
    private readonly Stream? _stream;

    /// <param name="descriptor"><see cref="Output"/> or <see cref="Error"/>.</param>
    public StandardStreamWriter(int descriptor)
    {
        _descriptor = descriptor;
        if (!OperatingSystem.IsWindows()) return;
        _stream = descriptor == Output ? Console.OpenStandardOutput() : Console.OpenStandardError();
    }

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => WriteBytes(Encoding.UTF8.GetBytes(value ?? ""));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}{Environment.NewLine}");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream?.Dispose();
        base.Dispose(disposing);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (_stream is not null)
        {
            _stream.Write(bytes);
            return;
        }

        while (bytes.Length > 0)
        {
            var written = WriteToDescriptor(_descriptor, bytes, (nuint)bytes.Length);
            if (written >= 0) bytes = bytes[(int)written..];
            else WaitOrThrow(Marshal.GetLastPInvokeError());
        }
    }

    private static void WaitOrThrow(int error)
    {
        if (error == Interrupted) return;
        if (error != TryAgain) throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        // A pipe that another program has set not to block, and that is full.
        Thread.Sleep(1);
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint WriteToDescriptor(int descriptor, ReadOnlySpan<byte> bytes, nuint count);
}
