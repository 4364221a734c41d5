using System.Text.Json;
using Downloader.MockServer.Client;

namespace Downloader.Tests.MockServer;

public sealed class ScenarioOptionsTests
{
    [Theory]
    [InlineData("--latency soon", "--latency soon: must be a number of milliseconds between 0 and 600000")]
    [InlineData("--latency 1e300", "--latency 1e300: must be a number of milliseconds between 0 and 600000")]
    [InlineData("--latency -1", "--latency -1: must be a number of milliseconds between 0 and 600000")]
    [InlineData("--latency-jitter -1", "--latency-jitter -1: must be a number of milliseconds between 0 and --latency")]
    [InlineData("--latency 5 --latency-jitter 6", "--latency-jitter 6: must be between 0 and --latency, which is 5")]
    [InlineData("--latency-p99 x", "--latency-p99 x: must be a number of milliseconds above --latency, up to 600000")]
    [InlineData("--latency 5 --latency-p99 5", "--latency-p99 5: must be above --latency, which is 5")]
    [InlineData("--latency-p99 90 --latency-jitter 3",
        "--latency-p99 90: cannot be combined with --latency-jitter: latency is either uniform or heavy-tailed")]
    [InlineData("--latency 0 --latency-p99 3", "--latency-p99 3: needs a --latency above 0 as its median")]
    [InlineData("--seed 1.5", "--seed 1.5: must be a whole number between -2147483648 and 2147483647")]
    [InlineData("--connect-latency 10001", "--connect-latency 10001: must be a number of milliseconds between 0 and 10000")]
    [InlineData("--payload 5",
        "--payload 5: must be the sizes of /jython and /dice in bytes, each between 0 and 100000000, as in 10966,276")]
    [InlineData("--payload 5,-1",
        "--payload 5,-1: must be the sizes of /jython and /dice in bytes, each between 0 and 100000000, as in 10966,276")]
    [InlineData("--capacity 0", "--capacity 0: must be a whole number between 1 and 1000000")]
    [InlineData("--queue 3", "--queue 3: needs --capacity; without it no request waits")]
    [InlineData("--capacity 1 --queue -1", "--queue -1: must be a whole number between 0 and 1000000")]
    [InlineData("--rate-limit 0", "--rate-limit 0: must be a number of requests per second between 0.001 and 1000000")]
    [InlineData("--rate-limit 1e-13", "--rate-limit 1e-13: must be a number of requests per second between 0.001 and 1000000")]
    [InlineData("--retry-after 0.5", "--retry-after 0.5: must be a whole number of seconds between 0 and 3600")]
    [InlineData("--latency-quantiles 5",
        "--latency-quantiles 5: must be 2 to 1001 numbers of milliseconds, each between 0.001 and 600000 and none below the one before, "
        + "as in 40,50,90")]
    [InlineData("--latency-quantiles 1,2 --latency 1",
        "--latency 1: cannot be combined with --latency-quantiles, whose median is the latency")]
    [InlineData("--latency-quantiles 1,2 --latency-jitter 1",
        "--latency-jitter 1: cannot be combined with --latency-quantiles, which has all of the distribution")]
    [InlineData("--latency-quantiles 1,2 --latency-p99 9",
        "--latency-p99 9: cannot be combined with --latency-quantiles, which has all of the distribution")]
    [InlineData("--pages /a",
        "--pages /a: must be 1 to 200 pages with different paths that begin with / (a comma is %2C), as in /a=500,/b=2000; at most "
        + "100000000 bytes and 10000 characters of paths together")]
    [InlineData("--rate-burst 0 --rate-limit 1", "--rate-burst 0: must be a whole number between 1 and 1000000")]
    [InlineData("--rate-burst 5", "--rate-burst 5: needs --rate-limit, at which the tokens come")]
    [InlineData("--fault-share 1.1", "--fault-share 1.1: must be a number between 0 and 1")]
    [InlineData("--fault-share NaN", "--fault-share NaN: must be a number between 0 and 1")]
    [InlineData("--faults reset,fire",
        "--faults reset,fire: must be one or more of reset, empty, cut-short, server-error, separated by commas")]
    [InlineData("--protocol http3", "--protocol http3: must be one of http1, http2, https")]
    [InlineData("--seed 1 --seed 2",
        "--seed 1 and 2: given 2 times; must be given once, as a whole number between -2147483648 and 2147483647")]
    public void An_error_names_the_option_the_value_and_what_is_allowed(string arguments, string expected) =>
        Assert.Equal(expected, ErrorOf(arguments));

    /// <summary>Each with the whole of what is allowed, as above.</summary>
    [Theory]
    [InlineData("--latency-quantiles 5,4", "--latency-quantiles 5,4: must be 2 to 1001 numbers of milliseconds")]
    [InlineData("--latency-quantiles 0,4", "--latency-quantiles 0,4: must be 2 to 1001 numbers of milliseconds")]
    [InlineData("--latency-quantiles 1,600001", "--latency-quantiles 1,600001: must be 2 to 1001 numbers of milliseconds")]
    [InlineData("--latency-quantiles 1,x", "--latency-quantiles 1,x: must be 2 to 1001 numbers of milliseconds")]
    [InlineData("--pages a=5", "--pages a=5: must be 1 to 200 pages")]
    [InlineData("--pages /a=-5", "--pages /a=-5: must be 1 to 200 pages")]
    [InlineData("--pages /a=5,", "--pages /a=5,: must be 1 to 200 pages")]
    [InlineData("--pages /a=5,/b", "--pages /a=5,/b: must be 1 to 200 pages")]
    [InlineData("--pages /a=5,/%61=6", "--pages /a=5,/%61=6: must be 1 to 200 pages")]
    [InlineData("--pages /a#b=5", "--pages /a#b=5: must be 1 to 200 pages")]
    [InlineData("--pages /_control/scenario=5", "--pages /_control/scenario=5: must be 1 to 200 pages")]
    [InlineData("--pages /a=100000001", "--pages /a=100000001: must be 1 to 200 pages")]
    [InlineData("--pages /a=99999999,/b=2", "--pages /a=99999999,/b=2: must be 1 to 200 pages")]
    public void Other_values_that_are_no_table_and_no_list_of_pages(string arguments, string expected) =>
        Assert.StartsWith(expected, ErrorOf(arguments), StringComparison.Ordinal);

    [Fact]
    public void Too_many_pages_or_too_long_paths_are_refused()
    {
        var many = string.Join(',', Enumerable.Range(0, ScenarioPages.MaxPages + 1).Select(index => $"/{index}=1"));
        var longPath = "/" + new string('a', ScenarioPages.MaxPathCharacters);
        Assert.All(
            [many, longPath + "=1"],
            text => Assert.Throws<ScenarioException>(() => ScenarioOptions.Parse(["--pages", text], new Scenario())));
    }

    /// <summary>Of two ways to say the latency, the one on the command line holds.</summary>
    [Theory]
    [InlineData("--latency 5 --latency-jitter 3", "--latency-quantiles 1,4,9", "--latency-quantiles 1,4,9")]
    [InlineData("--latency 5 --latency-p99 30", "--latency-quantiles 1,4,9", "--latency-quantiles 1,4,9")]
    [InlineData("--latency-quantiles 1,4,9", "--latency 7", "--latency 7")]
    [InlineData("--latency-quantiles 1,4,9", "--latency 4", "--latency 4")]
    [InlineData("--latency-quantiles 1,4,9", "--latency-p99 90", "--latency 4 --latency-p99 90")]
    [InlineData("--latency-quantiles 1,4,9", "--latency-jitter 1", "--latency 4 --latency-jitter 1")]
    [InlineData("--latency-quantiles 1,4,9", "--seed 3", "--latency-quantiles 1,4,9 --seed 3")]
    public void Options_replace_those_of_the_baseline_that_they_exclude(string baseline, string options, string expected)
    {
        var scenario = ScenarioOptions.Parse(options.Split(' '), ScenarioOptions.Parse(baseline.Split(' '), new Scenario()));
        Assert.Equal(expected, ScenarioOptions.Write(scenario));
        Assert.Equal(scenario, ScenarioOptions.Parse(expected.Split(' '), new Scenario()));
    }

    [Fact]
    public void A_table_has_its_median_as_latency_and_another_latency_replaces_it()
    {
        var table = ScenarioOptions.Parse(["--latency-quantiles", "1,4,9"], new Scenario());
        Assert.Equal(TimeSpan.FromMilliseconds(4), table.Latency);
        Assert.Null((table with { Latency = TimeSpan.Zero }).LatencyQuantiles);
        Assert.Equal(table, SendAsJson(table));
    }

    [Fact]
    public void Pages_are_the_same_as_text_and_in_JSON()
    {
        var scenario = ScenarioOptions.Parse(["--pages", "/a%2Cb=5,/c?d=e=0, /f=7"], new Scenario());
        ScenarioPage[] expected = [new("/a%2Cb", 5), new("/c?d=e", 0), new("/f", 7)];
        Assert.Equal(expected, scenario.Pages);
        Assert.Equal(scenario, ScenarioOptions.Parse(ScenarioOptions.Write(scenario).Split(' '), new Scenario()));
        Assert.Equal(scenario, SendAsJson(scenario));
        Assert.Equal(new ScenarioPages([new("/a,b", 5), new("/c?d=e", 0), new("/f", 7)]), scenario.Pages);
        Assert.NotEqual(new ScenarioPages([new("/a,b", 5), new("/f", 7), new("/c?d=e", 0)]), scenario.Pages);
    }

    [Theory]
    [InlineData("""{"RateLimit": 1e-13}""", "--rate-limit 1E-13: must be a number of requests per second")]
    [InlineData("""{"Latency": "10675199.02:48:05.4775807"}""", "--latency 922337203685477: must be a number of milliseconds")]
    [InlineData("""{"LatencyP99": "-00:00:01"}""", "--latency-p99 -1000: must be a number of milliseconds")]
    [InlineData("""{"RetryAfter": "00:00:00.5"}""", "--retry-after 0.5: must be a whole number of seconds")]
    [InlineData("""{"Faults": 16}""", "--faults : must be one or more of")]
    [InlineData("""{"Protocol": 7}""", "--protocol 7: must be one of http1, http2, https")]
    public void The_same_ranges_hold_for_a_scenario_in_JSON(string json, string expected)
    {
        var scenario = JsonSerializer.Deserialize<Scenario>(json, ControlJson.Options)!;
        Assert.StartsWith(expected, Assert.Throws<ScenarioException>(scenario.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_one_line_without_control_characters_whatever_the_value_is()
    {
        var value = "a\u001b[31m\nb\u0007" + new string('x', 5000);
        var error = Assert.Throws<ScenarioException>(() => ScenarioOptions.Parse(["--latency", value], new Scenario())).Message;
        Assert.DoesNotContain(error, char.IsControl);
        Assert.InRange(error.Length, 1, 500);
    }

    [Fact]
    public void Options_on_the_command_line_make_the_same_scenario_in_another_process()
    {
        string[] arguments =
        [
            "--latency", "3", "--latency-p99", "40", "--seed", "9", "--connect-latency", "1.5", "--payload", "10,20",
            "--capacity", "16", "--queue", "4", "--rate-limit", "2.5", "--retry-after", "2",
            "--fault-share", "0.25", "--faults", "reset,server-error", "--protocol", "http2",
        ];
        var options = new ScenarioOptions();
        var command = new System.CommandLine.RootCommand();
        foreach (var option in options.All) command.Add(option);
        var result = command.Parse(arguments);
        var scenario = options.Apply(result, new Scenario());

        Assert.Equal(arguments, options.GetSpecified(result));
        Assert.Equal(scenario, ScenarioOptions.Parse(options.GetSpecified(result), new Scenario()));
        Assert.Equal(scenario, ScenarioOptions.Parse(ScenarioOptions.Write(scenario).Split(' '), new Scenario()));
        Assert.Equal(new Scenario
        {
            Latency = TimeSpan.FromMilliseconds(3),
            LatencyP99 = TimeSpan.FromMilliseconds(40),
            Seed = 9,
            ConnectLatency = TimeSpan.FromMilliseconds(1.5),
            JythonBytes = 10,
            DiceBytes = 20,
            Capacity = 16,
            Queue = 4,
            RateLimit = 2.5,
            RetryAfter = TimeSpan.FromSeconds(2),
            FaultShare = 0.25,
            Faults = FaultKinds.Reset | FaultKinds.ServerError,
            Protocol = WireProtocol.Http2,
        }, scenario);
    }

    [Fact]
    public void The_baseline_holds_where_no_option_is_given()
    {
        var baseline = new Scenario { Latency = TimeSpan.FromMilliseconds(7), Capacity = 3 };
        Assert.Equal(baseline with { Seed = 5 }, ScenarioOptions.Parse(["--seed", "5"], baseline));
    }

    private static Scenario? SendAsJson(Scenario scenario) =>
        JsonSerializer.Deserialize<Scenario>(JsonSerializer.Serialize(scenario, ControlJson.Options), ControlJson.Options);

    private static string ErrorOf(string arguments) =>
        Assert.Throws<ScenarioException>(() => ScenarioOptions.Parse(arguments.Split(' '), new Scenario())).Message;
}
