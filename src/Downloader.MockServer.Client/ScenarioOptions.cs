using System.CommandLine;

namespace Downloader.MockServer.Client;

/// <summary>The scenario as command-line options and as a file, the same for mock-server and suites.</summary>
/// <remarks>A value that is not allowed, a missing one and a repeated option are parse errors: one line with the option, the value and what
/// is allowed.</remarks>
public sealed class ScenarioOptions
{
    private readonly List<(ScenarioOptionDefinition Definition, Option<string> Option)> _options;

    private readonly Option<ScenarioFile?> _file = CreateFileOption();

    /// <summary>Creates new options; an <see cref="Option"/> belongs to one command line.</summary>
    /// <param name="defaults">The values that the help names as defaults; null where they are not always the same.</param>
    public ScenarioOptions(Scenario? defaults = null)
    {
        _options = [.. ScenarioOptionDefinitions.All.Select(definition => (definition, CreateOption(definition, defaults)))];
        All = [_file, .. _options.Select(pair => pair.Option)];
    }

    /// <summary>All options, to be added to a command.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>The file of <c>--scenario</c>; null where none was given.</summary>
    public ScenarioFile? GetFile(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.GetValue(_file);
    }

    /// <summary>The baseline, changed by the single options on the command line, without the file.</summary>
    /// <exception cref="ScenarioException">Options that do not fit each other, or one that is out of its range.</exception>
    public Scenario Apply(ParseResult result, Scenario baseline)
    {
        ArgumentNullException.ThrowIfNull(result);
        var scenario = baseline;
        CheckQuantiles(result);
        foreach (var (definition, option) in _options)
        {
            if (GetText(result, option) is { } text)
                scenario = definition.Parse(scenario, text) ?? throw new ScenarioException(definition.ErrorFor(text));
        }

        // Of two options that exclude each other, the one on the command line replaces the one of the baseline.
        var hasJitter = IsSpecified(result, "--latency-jitter");
        var hasP99 = IsSpecified(result, "--latency-p99");
        var hasQuantiles = IsSpecified(result, "--latency-quantiles");
        if (hasJitter && !hasP99) scenario = scenario with { LatencyP99 = null };
        if (hasP99 && !hasJitter) scenario = scenario with { LatencyJitter = TimeSpan.Zero };
        if (hasQuantiles && !hasJitter) scenario = scenario with { LatencyJitter = TimeSpan.Zero };
        if (hasQuantiles && !hasP99) scenario = scenario with { LatencyP99 = null };
        var replacesQuantiles = !hasQuantiles && (hasJitter || hasP99 || IsSpecified(result, "--latency"));
        if (replacesQuantiles) scenario = scenario with { LatencyQuantiles = null };
        scenario.Validate();
        return scenario;
    }

    /// <summary>The options on the command line, as <see cref="Parse"/> reads them: how they reach another process.</summary>
    public IReadOnlyList<string> GetSpecified(ParseResult result) =>
        [.. _options.SelectMany(pair => GetText(result, pair.Option) is { } text ? (string[])[pair.Option.Name, text] : [])];

    /// <summary>The baseline, changed by a command line of scenario options alone.</summary>
    /// <exception cref="ScenarioException">The first error, one line.</exception>
    public static Scenario Parse(IReadOnlyList<string> arguments, Scenario baseline)
    {
        var options = new ScenarioOptions();
        var command = new RootCommand();
        // No file: this text is data, as a report has it.
        foreach (var option in options._options) command.Add(option.Option);
        var result = command.Parse(arguments);
        return result.Errors is [var error, ..] ? throw new ScenarioException(error.Message) : options.Apply(result, baseline);
    }

    /// <summary>The command line that changes the default scenario to this one: the options that differ from their defaults, and always
    /// the latency.</summary>
    public static string Write(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return string.Join(' ', GetWritten(scenario).Select(definition => $"{definition.Name} {definition.Format(scenario)}"));
    }

    /// <summary>The options that <see cref="Write"/> writes, and a file has as fields.</summary>
    internal static IEnumerable<ScenarioOptionDefinition> GetWritten(Scenario scenario)
    {
        var defaults = new Scenario();
        return ScenarioOptionDefinitions.All.Where(definition => definition.Name == "--latency"
            ? scenario.LatencyQuantiles is null
            : definition.Format(scenario) != definition.Format(defaults));
    }

    /// <summary>A table of quantiles has a median of its own.</summary>
    private void CheckQuantiles(ParseResult result)
    {
        if (!IsSpecified(result, "--latency-quantiles")) return;
        if (GetText(result, _options.First(pair => pair.Definition.Name == "--latency").Option) is { } latency)
            throw new ScenarioException($"--latency {latency}: cannot be combined with --latency-quantiles, whose median is the latency");
    }

    private bool IsSpecified(ParseResult result, string name) =>
        GetText(result, _options.First(pair => pair.Option.Name == name).Option) is not null;

    private static string? GetText(ParseResult result, Option<string> option) =>
        result.GetResult(option) is { Implicit: false, Tokens: [.., var last] } ? last.Value : null;

    private static Option<string> CreateOption(ScenarioOptionDefinition definition, Scenario? defaults) => new(definition.Name)
    {
        HelpName = definition.HelpName,
        Description = $"{definition.Description} ({definition.AllowedValues}).{FormatDefault(definition, defaults)}",
        // Exactly one, which the parser checks: System.CommandLine's own error names neither the value nor the allowed ones.
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = result =>
        {
            if (SingleValue.Get(result, definition.AllowedValues) is not { } text) return null;
            if (definition.Parse(new Scenario(), text) is null) result.AddError(definition.ErrorFor(text));
            return text;
        },
    };

    private static Option<ScenarioFile?> CreateFileOption()
    {
        const string AllowedValues = "a file in JSON, as docs/scenario.schema.json describes it";
        return new("--scenario")
        {
            HelpName = "FILE",
            Description = $"The scenario from {AllowedValues}; single options change it.",
            Arity = ArgumentArity.ZeroOrMore,
            CustomParser = result =>
            {
                if (SingleValue.Get(result, AllowedValues) is not { } path) return null;
                try
                {
                    return ScenarioFile.Read(path);
                }
                catch (ScenarioException e)
                {
                    result.AddError($"--scenario {e.Message}");
                    return null;
                }
            },
        };
    }

    private static string FormatDefault(ScenarioOptionDefinition definition, Scenario? defaults) =>
        defaults is not null && definition.Format(defaults) is { Length: > 0 } value ? $" Default {value}." : "";
}
