namespace Downloader.MockServer.Client;

/// <summary>The values that an option takes: how they are written, and which of them are allowed.</summary>
/// <param name="Description">The allowed values in words, as they follow "must be".</param>
/// <param name="Parse">Reads a value; null for text that is none.</param>
/// <param name="Format">Writes a value as <paramref name="Parse"/> reads it.</param>
/// <param name="IsAllowed">Whether the value is in the option's range.</param>
/// <param name="Json">The value in a scenario file.</param>
internal sealed record OptionValueKind<T>(
    string Description, Func<string, T?> Parse, Func<T, string> Format, Predicate<T> IsAllowed, JsonForm Json)
    where T : struct;
