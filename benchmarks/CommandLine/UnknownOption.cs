using System.CommandLine;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Rejects what a command does not take, and names the option that was meant.</summary>
internal static class UnknownOption
{
    /// <summary>Rejects arguments that a command would ignore, and options that it would take for one of its arguments.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    public static void Reject(ParseResult result)
    {
        var command = result.CommandResult.Command;
        if (!command.TreatUnmatchedTokensAsErrors) return;
        var taken = command.Arguments.SelectMany(argument => result.GetResult(argument)?.Tokens ?? []).Select(token => token.Value);
        if (taken.Concat(result.UnmatchedTokens).FirstOrDefault(IsOption) is { } option) throw CreateError(option, command);
        if (result.UnmatchedTokens is [var unknown, ..]) throw CreateError(unknown, command);
    }

    /// <summary>The error for an argument that a command does not take.</summary>
    public static UsageException CreateError(string argument, Command command)
    {
        var shown = PrintableText.Escape(argument);
        var help = $"See {command.Name} --help.";
        if (!IsOption(argument)) return new UsageException($"{shown}: is one argument too many for {command.Name}. {help}");
        var names = command.Options.Where(option => !option.Hidden).Select(option => option.Name.TrimStart('-'));
        return new UsageException($"{shown}: is no option of {command.Name}.{Suggest(argument, names)} {help}");
    }

    /// <summary>"Did you mean …?" with a space before it; empty where no option is near.</summary>
    /// <param name="option">What was written, with or without its dashes and a value after =.</param>
    /// <param name="names">The names of the options, without dashes.</param>
    public static string Suggest(string option, IEnumerable<string> names) =>
        NearestName.Find(GetName(option), names) is { } nearest ? $" Did you mean --{nearest}?" : "";

    /// <summary>The name in an option as it was written: without its dashes, and without a value after =.</summary>
    public static string GetName(string option) => option.TrimStart('-').Split('=')[0];

    private static bool IsOption(string argument) => argument.StartsWith('-');
}
