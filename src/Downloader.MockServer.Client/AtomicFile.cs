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
    public static void Write(string path, string text) => UseTemporary(path, (temporary, target) =>
    {
        File.WriteAllText(temporary, text);
        File.Move(temporary, target, overwrite: true);
    });

    /// <summary>Makes sure that a file can be written: creates one beside it, and deletes that again.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written there.</exception>
    public static void EnsureWritable(string path) => UseTemporary(path, (temporary, _) => File.Create(temporary).Dispose());

    /// <summary>Errors name the file, and not the temporary one.</summary>
    private static void UseTemporary(string path, Action<string, string> use)
    {
        ArgumentNullException.ThrowIfNull(path);
        var target = Path.GetFullPath(path);
        // In the same folder, since a file can be renamed only within its file system.
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            use(temporary, target);
        }
        catch (IOException e)
        {
            throw new IOException(NameTarget(e), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException(NameTarget(e), e);
        }
        finally
        {
            // Where the folder is missing, deleting fails too, and would hide why.
            if (File.Exists(temporary)) File.Delete(temporary);
        }

        string NameTarget(Exception exception) => exception.Message.Replace(temporary, target, StringComparison.Ordinal);
    }
}
