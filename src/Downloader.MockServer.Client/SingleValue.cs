using System.CommandLine.Parsing;

namespace Downloader.MockServer.Client;

/// <summary>Reads an option that takes exactly one value; a missing or repeated one is an error that names what is allowed.</summary>
internal static class SingleValue
{
    /// <summary>The value as text; null where there is not exactly one, which is added to the errors.</summary>
    public static string? Get(ArgumentResult result, string allowedValues)
    {
        var name = ((OptionResult)result.Parent!).Option.Name;
        switch (result.Tokens)
        {
            case [{ Value: { Length: > 0 } text }]:
                return text;
            case [] or [_]:
                result.AddError($"{name}: needs a value; must be {allowedValues}");
                return null;
            default:
                var values = string.Join(" and ", result.Tokens.Select(token => SingleLine.From(token.Value)));
                result.AddError($"{name} {values}: given {result.Tokens.Count} times; must be given once, as {allowedValues}");
                return null;
        }
    }
}
