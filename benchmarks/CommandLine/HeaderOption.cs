using System.CommandLine;
using System.CommandLine.Parsing;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>--header 'Name: value'</c>, as often as one likes.</summary>
internal static class HeaderOption
{
    private const string Name = "--header";

    /// <summary>The option.</summary>
    public static Option<IReadOnlyDictionary<string, string>?> Create() => new(Name)
    {
        Description = "A header of each request, as 'Name: value'. Can be given several times.",
        HelpName = "HEADER",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = Parse,
    };

    private static Dictionary<string, string>? Parse(ArgumentResult result)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : text[..colon];
            var value = text[(colon + 1)..].Trim(' ', '\t');
            if (FindError(name, value) is { } error)
            {
                // The value can be a password.
                var shown = colon < 0 ? "" : $" {PrintableText.Escape(name)}: …";
                result.AddError($"{Name}{shown}: {error}.");
                return null;
            }

            headers[name] = value;
        }

        return headers;
    }

    private static string? FindError(string name, string value)
    {
        if (name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)) return "must be another header: User-Agent names this tool";
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~')) return "the value must be printable ASCII on one line";
        using var request = new HttpRequestMessage();
        var isValid = name.Length > 0 && request.Headers.TryAddWithoutValidation(name, value);
        return isValid ? null : "must be 'Name: value' with a header of requests";
    }
}
