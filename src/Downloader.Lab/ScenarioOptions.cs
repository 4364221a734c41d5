using System.CommandLine;

namespace Downloader.Lab;

/// <summary>The scenario as command-line options, the same for mock-server and suites.</summary>
public sealed class ScenarioOptions
{
    /// <summary>All options, to be added to a command.</summary>
    public IReadOnlyList<Option> All { get; } = [];

    /// <summary>The baseline, changed by the options that were given.</summary>
    public Scenario Apply(ParseResult result, Scenario baseline) => throw new NotImplementedException();

    /// <summary>The options that were given, as a command line that <see cref="Parse"/> takes: how they reach another process.</summary>
    public IReadOnlyList<string> Given(ParseResult result) => throw new NotImplementedException();

    /// <summary>The baseline, changed by a command line of scenario options alone.</summary>
    public static Scenario Parse(IReadOnlyList<string> arguments, Scenario baseline) => throw new NotImplementedException();
}
