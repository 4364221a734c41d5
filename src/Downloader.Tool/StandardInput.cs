using Microsoft.Win32.SafeHandles;

namespace Downloader.Tool;

/// <summary>Standard input as a stream that tells whether it is a file.</summary>
internal static class StandardInput
{
    /// <summary>Opens it. Not closed with the stream.</summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardInput();
        return new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
    }
}
