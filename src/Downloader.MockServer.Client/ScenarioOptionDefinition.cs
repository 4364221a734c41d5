namespace Downloader.MockServer.Client;

/// <summary>One option of the scenario: how it is called, read, shown and checked. <see cref="ScenarioOptionDefinitions"/> has them all.</summary>
/// <param name="Option">As on the command line.</param>
/// <param name="HelpName">What stands for its value in the help.</param>
/// <param name="Takes">What it takes, in words, for help and errors.</param>
/// <param name="Description">What it does, a sentence.</param>
/// <param name="Read">The scenario with this field read from text; null where the text says nothing of that kind.</param>
/// <param name="Write">The field as text, as <paramref name="Read"/> takes it.</param>
/// <param name="IsValid">Whether the field, taken alone, is within its range.</param>
internal sealed record ScenarioOptionDefinition(
    string Option,
    string HelpName,
    string Takes,
    string Description,
    Func<Scenario, string, Scenario?> Read,
    Func<Scenario, string> Write,
    Func<Scenario, bool> IsValid)
{
    /// <summary>The error for a value it does not take.</summary>
    public string Refuse(string value) => $"{Option} {value}: takes {Takes}";
}
