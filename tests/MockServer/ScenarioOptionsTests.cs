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
    [InlineData("--fault-share 1.1", "--fault-share 1.1: must be a number between 0 and 1")]
    [InlineData("--fault-share NaN", "--fault-share NaN: must be a number between 0 and 1")]
    [InlineData("--faults reset,fire",
        "--faults reset,fire: must be one or more of reset, empty, cut-short, server-error, separated by commas")]
    [InlineData("--protocol http3", "--protocol http3: must be one of http1, http2, https")]
    [InlineData("--seed 1 --seed 2",
        "--seed 1 and 2: given 2 times; must be given once, as a whole number between -2147483648 and 2147483647")]
    public void An_error_names_the_option_the_value_and_what_is_allowed(string arguments, string expected) =>
        Assert.Equal(expected, Assert.Throws<ScenarioException>(() => ScenarioOptions.Parse(arguments.Split(' '), new Scenario())).Message);

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
}
