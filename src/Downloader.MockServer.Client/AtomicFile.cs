namespace Downloader.MockServer.Client;

/// <summary>Writes files so that none is ever half written.</summary>
public static class AtomicFile
{
    /// <summary>Writes text as UTF-8, over an older file. A reader sees the whole older file or the whole new one, also where the process
    /// is killed meanwhile.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="text">All of its text.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written there.</exception>
    public static void Write(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(path);
        var target = Path.GetFullPath(path);
        // In the same folder, since a file can be renamed only within its file system.
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
