namespace Downloader.MockServer.Client;

/// <summary>One option of the scenario. <see cref="ScenarioOptionDefinitions"/> has them all.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Field">As in a scenario file.</param>
/// <param name="HelpName">The placeholder for its value in the help.</param>
/// <param name="AllowedValues">The values it takes, in words, for help and errors.</param>
/// <param name="Description">What it does, a sentence.</param>
/// <param name="Parse">The scenario with this field set from text; null where the text is no allowed value.</param>
/// <param name="Format">The field as text, as <paramref name="Parse"/> reads it; empty for a field that is not set.</param>
/// <param name="IsValid">Whether the field, taken alone, is within its range.</param>
/// <param name="Json">Its value in a scenario file.</param>
internal sealed record ScenarioOptionDefinition(
    string Name,
    string Field,
    string HelpName,
    string AllowedValues,
    string Description,
    Func<Scenario, string, Scenario?> Parse,
    Func<Scenario, string> Format,
    Func<Scenario, bool> IsValid,
    JsonForm Json)
{
    /// <summary>Of a long value an error shows so much that it still fits a line.</summary>
    private const int MaxShownCharacters = 100;

    /// <summary>Defines an option by the values it takes and the field it sets.</summary>
    public static ScenarioOptionDefinition Create<T>(
        string name,
        string field,
        string helpName,
        OptionValueKind<T> values,
        string description,
        Func<Scenario, T?> get,
        Func<Scenario, T, Scenario> set)
        where T : struct => new(
            name,
            field,
            helpName,
            values.Description,
            description,
            (scenario, text) => values.Parse(text) is { } value && values.IsAllowed(value) ? set(scenario, value) : null,
            scenario => get(scenario) is { } value ? values.Format(value) : "",
            scenario => get(scenario) is not { } value || values.IsAllowed(value),
            values.Json);

    /// <summary>Defines an option whose values are objects of a type that has no others.</summary>
    public static ScenarioOptionDefinition Create<T>(
        string name,
        string field,
        string helpName,
        string allowedValues,
        string description,
        JsonForm json,
        Func<string, T?> parse,
        Func<Scenario, T?> get,
        Func<Scenario, T, Scenario> set)
        where T : class => new(
            name,
            field,
            helpName,
            allowedValues,
            description,
            (scenario, text) => parse(text) is { } value ? set(scenario, value) : null,
            scenario => get(scenario)?.ToString() ?? "",
            _ => true,
            json);

    /// <summary>The error for a value that is not allowed.</summary>
    public string ErrorFor(string value) => $"{Name} {SingleLine.From(value, MaxShownCharacters)}: must be {AllowedValues}";
}
