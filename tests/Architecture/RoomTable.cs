using Downloader.Tests.Support;

namespace Downloader.Tests.Architecture;

/// <summary>The table of rooms in CONTRIBUTING.md: which folders there are, and what each may use.</summary>
internal static class RoomTable
{
    private const string Header = "| room | holds | may use |";

    /// <summary>The rooms of the product's code, in the order of the table.</summary>
    public static IReadOnlyList<Room> Rooms { get; } = Read();

    /// <summary>The room a file belongs to; null if its folder has no row.</summary>
    public static Room? FindByPath(string path) => Rooms.FirstOrDefault(room => room.Folder == FolderOf(path));

    /// <summary>The folder that must have a row for this file: the first two parts of its path, or the one it lies in.</summary>
    public static string FolderOf(string path)
    {
        var folders = path.Split('/')[..^1];
        return string.Join('/', folders.Take(2));
    }

    private static List<Room> Read()
    {
        var rows = File.ReadLines(Path.Combine(BuiltProgram.Root, "CONTRIBUTING.md"))
            .SkipWhile(line => line != Header)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Room(cells[0].Trim('`').TrimEnd('/'), [.. cells[2].Split(',').Select(name => name.Trim(' ', '`'))]))
            .Where(room => room.Folder != "tests")
            .ToList();
        Assert.True(rows.Count > 0, $"CONTRIBUTING.md has no table that begins with \"{Header}\".");
        return rows;
    }
}
