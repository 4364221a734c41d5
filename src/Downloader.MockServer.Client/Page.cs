namespace Downloader.MockServer.Client;

/// <summary>A page of the mock server.</summary>
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
