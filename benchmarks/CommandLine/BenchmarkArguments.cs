using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.ConsoleArguments;
using BenchmarkDotNet.ConsoleArguments.ListBenchmarks;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using CommandLine;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Suites;
using TypeFilter = BenchmarkDotNet.Running.TypeFilter;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>BenchmarkDotNet's part of the command line, checked.</summary>
internal sealed class BenchmarkArguments
{
    private readonly string[] _arguments;
    private readonly CommandLineOptions _parsedOptions;

    /// <param name="benchmarkDotNetArgs">The arguments; without a filter the main suite alone is chosen.</param>
    /// <exception cref="UsageException">BenchmarkDotNet does not take them.</exception>
    public BenchmarkArguments(IReadOnlyList<string> benchmarkDotNetArgs)
    {
        // Reject stray arguments: BenchmarkDotNet ignores them and would run for minutes.
        if (benchmarkDotNetArgs is [var first, ..] && !first.StartsWith('-') && !first.StartsWith('@'))
            throw new UsageException($"{PrintableText.Escape(first)}: is no command and no option.{SuggestWord(first)} See --help.");
        var errors = new AccumulationLogger();
        (var isValid, _, _parsedOptions) = ConfigParser.Parse([.. benchmarkDotNetArgs], errors, ManualConfig.CreateEmpty());
        if (!isValid) throw new UsageException(FirstError(errors.GetLog()));
        RejectIgnoredOptions();
        _arguments = HasFilter ? [.. benchmarkDotNetArgs] : [.. benchmarkDotNetArgs, "--filter", $"{typeof(Strategies).FullName}.*"];
    }

    /// <summary>The long names of BenchmarkDotNet's options, without dashes.</summary>
    public static IEnumerable<string> OptionNames => typeof(CommandLineOptions).GetProperties()
        .Select(property => property.GetCustomAttribute<OptionAttribute>()?.LongName).OfType<string>();

    /// <summary>Whether information or a list is asked for, and nothing is to be measured.</summary>
    public bool OnlyPrints => _parsedOptions.PrintInformation || Lists;

    /// <summary>Whether these arguments leave the suites' own warm-up.</summary>
    public bool HasWarmUp => _parsedOptions is { WarmupIterationCount: not 0, RunStrategy: not RunStrategy.ColdStart };

    private bool Lists => _parsedOptions.ListBenchmarkCaseMode != ListBenchmarkCaseMode.Disabled;

    private bool HasFilter => Lists || _parsedOptions.Filters.Any() || _parsedOptions.AllCategories.Any()
        || _parsedOptions.AnyCategories.Any() || _parsedOptions.AttributeNames.Any();

    /// <summary>The chosen cases, suite by suite, each with its own plan.</summary>
    /// <param name="configure">Makes the configuration of a suite.</param>
    /// <exception cref="UsageException">No case is chosen.</exception>
    public BenchmarkRunInfo[] SelectCases(Func<Suite, ManualConfig> configure)
    {
        BenchmarkRunInfo[] suites = [.. CaseCatalogue.Suites.SelectMany(type =>
        {
            var config = configure((Suite)Activator.CreateInstance(type)!);
            var (_, parsedConfig, _) = ConfigParser.Parse(_arguments, NullLogger.Instance, config);
            return TypeFilter.Filter(ManualConfig.Union(config, parsedConfig), [type]);
        })];
        if (suites.Length > 0) return suites;
        var filters = string.Join(' ', _parsedOptions.Filters);
        var filter = filters.Length > 0 ? $"--filter {filters}: matches no case" : "No case matches";
        throw new UsageException(
            $"{filter}; it takes globs over names as --list flat shows them, with arguments: '*Strategies.WhenAll(workers: 5)'."
            + SuggestFilter(_parsedOptions.Filters));
    }

    /// <summary>Prints what <see cref="OnlyPrints"/> is about.</summary>
    public void Print() =>
        new BenchmarkSwitcher([.. CaseCatalogue.Suites]).Run(_arguments, ManualConfig.CreateEmpty().AddLogger(ConsoleLogger.Unicode));

    /// <summary>Options that BenchmarkDotNet takes and that would change nothing here, or measure something else.</summary>
    private void RejectIgnoredOptions()
    {
        if (_parsedOptions.IterationCount < 1)
            throw new UsageException($"--iterationCount {_parsedOptions.IterationCount}: must be 1 or more.");
        if (!string.Equals(_parsedOptions.BaseJob, "Default", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--job {_parsedOptions.BaseJob}: each suite has a job of its own; "
                + "use --rounds, --iterationCount and --warmupCount.");
        }

        if (_parsedOptions.Runtimes.Any())
        {
            throw new UsageException(
                $"--runtimes {string.Join(' ', _parsedOptions.Runtimes)}: the benchmarks run on .NET 10 alone; leave the option out.");
        }

        if (_parsedOptions.LaunchCount is { } launches)
            throw new UsageException($"--launchCount {launches}: each round is a process of its own; use --rounds {launches}.");
    }

    /// <summary>The suite or benchmark that a filter without a match was meant to name.</summary>
    private static string SuggestFilter(IEnumerable<string> filters)
    {
        var names = CaseCatalogue.Suites.SelectMany(suite => suite.GetMethods()
            .Where(method => method.IsDefined(typeof(BenchmarkAttribute), inherit: true))
            .Select(method => method.Name)
            .Prepend(suite.Name));
        var words = filters.SelectMany(filter => filter.Split(['*', '.', '('], StringSplitOptions.RemoveEmptyEntries));
        var nearest = words.Select(word => NearestName.Find(word, names)).OfType<string>().FirstOrDefault();
        return nearest is null ? "" : $" Did you mean '*{nearest}*'?";
    }

    /// <summary>The command or the suite that a first word was meant to be.</summary>
    private static string SuggestWord(string word)
    {
        var commands = BenchmarkCommand.CreateCommands().Where(command => !command.Hidden).Select(command => command.Name).ToArray();
        return NearestName.Find(word, CaseCatalogue.Suites.Select(suite => suite.Name).Concat(commands)) switch
        {
            null => "",
            var command when commands.Contains(command) => $" Did you mean {command}?",
            var suite => $" Did you mean --filter '*.{suite}.*'?",
        };
    }

    /// <summary>The option that a misspelt one was meant to be.</summary>
    private static string SuggestOption(string error)
    {
        if (error.Split('\'') is not [_, var misspelt, " is unknown."]) return "";
        var own = new BenchmarkOptions().All.Where(option => !option.Hidden).Select(option => option.Name.TrimStart('-'));
        return UnknownOption.Suggest(misspelt, OptionNames.Concat(own));
    }

    private static string FirstError(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var header = Array.FindIndex(lines, line => line.StartsWith("ERROR(S)", StringComparison.Ordinal));
        var line = lines.ElementAtOrDefault(header + 1) ?? "Invalid arguments.";
        return $"{line}{SuggestOption(line)} See --help.";
    }
}
