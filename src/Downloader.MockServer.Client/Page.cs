namespace Downloader.MockServer.Client;

/// <summary>A page of the mock server. The values from <see cref="ListedPages.First"/> on are the pages that the scenario itself lists, in
/// their order: see <see cref="ListedPages"/>.</summary>
public enum Page : byte
{
    /// <summary>Any other path, or a method other than GET.</summary>
    Other,

    /// <summary>/jython</summary>
    Jython,

    /// <summary>/dice</summary>
    Dice,

    /// <summary>/large</summary>
    Large,
}
