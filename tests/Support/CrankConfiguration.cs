using System.Text.RegularExpressions;
using SharpYaml.Model;

namespace Downloader.Tests.Support;

/// <summary>crank/downloader.yml, read and rendered as crank's controller does: variables of the file, then of the profile, then of the
/// command line; each <c>{{name}}</c> replaced.</summary>
internal sealed partial class CrankConfiguration
{
    private readonly YamlMapping _root;

    private CrankConfiguration(YamlMapping root) => _root = root;

    /// <summary>The folder of the file, to which its relative paths refer.</summary>
    public static string Folder => System.IO.Path.Combine(BuiltProgram.Root, "crank");

    /// <summary>The names of the scenarios.</summary>
    public IEnumerable<string> Scenarios => Keys(Map(_root, "scenarios"));

    /// <summary>The names of the profiles.</summary>
    public IEnumerable<string> Profiles => Keys(Map(_root, "profiles"));

    public static CrankConfiguration Read()
    {
        using var reader = File.OpenText(System.IO.Path.Combine(Folder, "downloader.yml"));
        return new CrankConfiguration((YamlMapping)YamlStream.Load(reader)[0].Contents!);
    }

    /// <summary>The services of a scenario, in the order in which crank starts them.</summary>
    public IEnumerable<string> ServicesOf(string scenario) => Keys(Map(Map(_root, "scenarios"), scenario));

    /// <summary>The endpoints that a profile gives a service.</summary>
    public IReadOnlyList<string> EndpointsOf(string profile, string service) =>
        [.. Sequence(Map(Map(Map(Map(_root, "profiles"), profile), "jobs"), service), "endpoints")];

    /// <summary>A property of the job of a service, rendered.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="service">The service.</param>
    /// <param name="profile">The profile, whose variables hold.</param>
    /// <param name="property">Its name, as <c>arguments</c>.</param>
    /// <param name="variables">Those of the command line.</param>
    public string Render(
        string scenario, string service, string profile, string property, params (string Name, string Value)[] variables)
    {
        var known = Variables(_root);
        foreach (var (name, value) in Variables(Map(Map(_root, "profiles"), profile))) known[name] = value;
        foreach (var (name, value) in variables) known[name] = value;
        // An unknown variable is empty in crank; here it is an error.
        return Variable().Replace(Value(JobOf(scenario, service), property), match => known[match.Groups[1].Value]);
    }

    /// <summary>The command line of a service.</summary>
    public string[] Arguments(string scenario, string service, string profile, params (string Name, string Value)[] variables) =>
        Render(scenario, service, profile, "arguments", variables).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The local folder of each source of a service, by the name under which its files lie at the agent.</summary>
    public IReadOnlyDictionary<string, string> SourcesOf(string scenario, string service)
    {
        var sources = Map(JobOf(scenario, service), "sources");
        return Keys(sources).ToDictionary(name => name, name => Value(Map(sources, name), "localFolder"));
    }

    private static Dictionary<string, string> Variables(YamlMapping owner)
    {
        var variables = Map(owner, "variables");
        return Keys(variables).ToDictionary(name => name, name => Value(variables, name));
    }

    private static IEnumerable<string> Keys(YamlMapping mapping) => mapping.Select(entry => ((YamlValue)entry.Key).Value);

    private static YamlMapping Map(YamlMapping owner, string key) => (YamlMapping)owner[key]!;

    private static string Value(YamlMapping owner, string key) => ((YamlValue)owner[key]!).Value;

    private static IEnumerable<string> Sequence(YamlMapping owner, string key) =>
        ((YamlSequence)owner[key]!).Select(one => ((YamlValue)one).Value);

    private YamlMapping JobOf(string scenario, string service) =>
        Map(Map(_root, "jobs"), Value(Map(Map(Map(_root, "scenarios"), scenario), service), "job"));

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Variable();
}
