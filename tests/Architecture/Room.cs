namespace Downloader.Tests.Architecture;

/// <summary>A row of CONTRIBUTING's table of rooms.</summary>
/// <param name="Folder">Its folder, from the top of the repository, as <c>benchmarks/Results</c>.</param>
/// <param name="MayUse">What its files may use: rooms by name (<c>Results</c>), all rooms below a folder (<c>src/</c>), packages.</param>
public sealed record Room(string Folder, IReadOnlyList<string> MayUse)
{
    /// <summary>The last part of its folder.</summary>
    public string Name => Folder[(Folder.LastIndexOf('/') + 1)..];

    /// <summary>Whether its row lets it use the other room.</summary>
    public bool Allows(Room other) => other == this || MayUse.Any(name => Names(name, other));

    /// <summary>Whether its row lets it use the package.</summary>
    public bool Allows(string package) => MayUse.Contains(package);

    /// <inheritdoc/>
    public override string ToString() => Folder;

    private static bool Names(string name, Room other) =>
        name.EndsWith('/') ? other.Folder.StartsWith(name, StringComparison.Ordinal) : other.Name == name;
}
