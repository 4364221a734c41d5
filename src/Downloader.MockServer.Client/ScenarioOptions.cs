using System.CommandLine;

namespace Downloader.MockServer.Client;

/// <summary>The scenario as command-line options, the same for mock-server and suites.</summary>
/// <remarks>A value that an option does not take is a parse error: one line that names the option, the value and what it takes.</remarks>
public sealed class ScenarioOptions
{
    private readonly List<(ScenarioOptionDefinition Field, Option<string> Option)> _options;

    /// <summary>New options; an <see cref="Option"/> belongs to one command line.</summary>
    /// <param name="defaults">What holds where they are not given, for their help to name; null where that is not always the same.</param>
    public ScenarioOptions(Scenario? defaults = null)
    {
        _options = [.. ScenarioOptionDefinitions.All.Select(field => (field, Make(field, defaults)))];
        All = [.. _options.Select(pair => pair.Option)];
    }

    /// <summary>All options, to be added to a command.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>The baseline, changed by the options that were given.</summary>
    /// <exception cref="ScenarioException">Options that do not fit each other, or one that is out of its range.</exception>
    public Scenario Apply(ParseResult result, Scenario baseline)
    {
        ArgumentNullException.ThrowIfNull(result);
        var scenario = baseline;
        foreach (var (field, option) in _options)
        {
            if (Text(result, option) is { } text) scenario = field.Read(scenario, text) ?? throw new ScenarioException(field.Refuse(text));
        }

        // Naming one of two that exclude each other takes the place of the other, where that is only the baseline's.
        scenario = scenario with
        {
            LatencyP99 = IsGiven(result, "--latency-jitter") && !IsGiven(result, "--latency-p99") ? null : scenario.LatencyP99,
            LatencyJitter = IsGiven(result, "--latency-p99") && !IsGiven(result, "--latency-jitter") ? TimeSpan.Zero : scenario.LatencyJitter,
        };
        scenario.Validate();
        return scenario;
    }

    /// <summary>The options that were given, as a command line that <see cref="Parse"/> takes: how they reach another process.</summary>
    public IReadOnlyList<string> Given(ParseResult result) =>
        [.. _options.SelectMany(pair => Text(result, pair.Option) is { } text ? (string[])[pair.Option.Name, text] : [])];

    /// <summary>The baseline, changed by a command line of scenario options alone.</summary>
    /// <exception cref="ScenarioException">The first thing wrong with it, one line.</exception>
    public static Scenario Parse(IReadOnlyList<string> arguments, Scenario baseline)
    {
        var options = new ScenarioOptions();
        var command = new RootCommand();
        foreach (var option in options.All) command.Add(option);
        var result = command.Parse(arguments);
        return result.Errors is [var error, ..] ? throw new ScenarioException(error.Message) : options.Apply(result, baseline);
    }

    /// <summary>The command line that makes this scenario of the default one: the options that differ from their defaults, and always --latency.</summary>
    public static string Write(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var standard = new Scenario();
        return string.Join(' ', ScenarioOptionDefinitions.All
            .Where(field => field.Option == "--latency" || field.Write(scenario) != field.Write(standard))
            .Select(field => $"{field.Option} {field.Write(scenario)}"));
    }

    private bool IsGiven(ParseResult result, string name) => Text(result, _options.First(pair => pair.Option.Name == name).Option) is not null;

    private static string? Text(ParseResult result, Option<string> option) =>
        result.GetResult(option) is { Implicit: false, Tokens: [.., var last] } ? last.Value : null;

    private static Option<string> Make(ScenarioOptionDefinition field, Scenario? defaults)
    {
        var option = new Option<string>(field.Option)
        {
            HelpName = field.HelpName,
            Description = $"{field.Description} ({field.Takes}).{Default(field, defaults)}",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [.., { Value: var text }]) return;
            if (field.Read(new Scenario(), text) is not { } scenario || !field.IsValid(scenario)) result.AddError(field.Refuse(text));
        });
        return option;
    }

    private static string Default(ScenarioOptionDefinition field, Scenario? defaults) =>
        defaults is not null && field.Write(defaults) is { Length: > 0 } value ? $" Default {value}." : "";
}
