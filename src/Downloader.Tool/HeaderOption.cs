using System.Buffers;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Downloader.Tool;

/// <summary><c>--header 'Name: value'</c>, as often as one likes.</summary>
internal static class HeaderOption
{
    private const string Name = "--header";

    // A token of RFC 9110.
    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

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
        foreach (var token in result.Tokens)
        {
            var colon = token.Value.IndexOf(':');
            var name = colon < 0 ? "" : token.Value[..colon];
            var value = token.Value[(colon + 1)..].Trim(' ', '\t');
            if (FindError(name, value) is { } error)
            {
                // The value can be a password.
                var shown = colon < 0 ? "" : $" {PrintableText.Escape(name)}: …";
                result.AddError($"{Name}{shown}: {error}.");
                return null;
            }

            headers[name] = headers.TryGetValue(name, out var before) ? $"{before}{SeparatorOf(name)}{value}" : value;
        }

        return headers;
    }

    private static string? FindError(string name, string value)
    {
        var isName = name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameLetters);
        if (!isName) return "must be 'Name: value', the name of letters, digits and hyphens";
        // A line end would begin another header, or another request.
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~')) return "the value must be printable ASCII on one line";
        using var request = new HttpRequestMessage();
        return request.Headers.TryAddWithoutValidation(name, value) ? null : "must be a header of requests; this one describes a body";
    }

    /// <summary>Several values of one header are one value, separated by commas (RFC 9110, section 5.2); cookies by semicolons.</summary>
    private static string SeparatorOf(string name) => name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ";
}
