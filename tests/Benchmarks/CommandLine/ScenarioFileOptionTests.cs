using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.CommandLine;

/// <summary>A scenario file as an option of the benchmarks and of the mock server.</summary>
public sealed class ScenarioFileOptionTests : IDisposable
{
    private static readonly CalibrationSummary Calibration = new("api.example", new DateOnly(2026, 11, 28), 250, "queue", 24, []);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scenario");

    private string FilePath => Path.Combine(_folder.FullName, "my server.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_replaces_the_suite_s_own_conditions_and_single_options_change_it()
    {
        new ScenarioFile(Parse("--latency-quantiles 10,20,60 --capacity 8 --pages /a=5,/b=6"), Calibration).Write(FilePath);

        var settings = GetSettings("--scenario", FilePath);
        Assert.Equal(Parse("--latency-quantiles 10,20,60 --capacity 8 --pages /a=5,/b=6"), Apply<Strategies>(settings));
        Assert.Equal(Calibration, settings.Calibration);

        settings = GetSettings("--scenario", FilePath, "--latency", "5", "--capacity", "9");
        Assert.Equal(Parse("--latency 5 --capacity 9 --pages /a=5,/b=6"), Apply<Strategies>(settings));
    }

    [Fact]
    public void What_a_file_does_not_have_stays_the_suite_s_own_unless_the_file_was_learnt_from_a_server()
    {
        new ScenarioFile(Parse("--latency 5 --capacity 8"), Calibration: null).Write(FilePath);
        Assert.Equal(Parse("--latency 5 --capacity 8 --queue 64"), Apply<Capacity>(GetSettings("--scenario", FilePath)));

        new ScenarioFile(Parse("--latency 5"), Calibration).Write(FilePath);
        Assert.Equal(Parse("--latency 5"), Apply<Capacity>(GetSettings("--scenario", FilePath)));
        Assert.Equal(Parse("--latency 5 --capacity 9"), Apply<Capacity>(GetSettings("--scenario", FilePath, "--capacity", "9")));
    }

    [Fact]
    public void The_suites_download_the_pages_of_the_file_in_turn_unless_they_are_about_certain_pages()
    {
        new ScenarioFile(Parse("--latency 5 --pages /a=5,/b=6,/dice=7"), null).Write(FilePath);
        BenchmarkSettings.Isolate();
        GetSettings("--scenario", FilePath).ApplyToProcess();

        var listed = Describe<Session>(suite => suite.SharedClient());
        Assert.Equal(["/a", "/b", "/dice", "/a"], DownloadList.Create(new Uri("http://h"), listed).Take(4).Select(uri => uri.AbsolutePath));
        var fixedPage = Describe<HttpClientUse>(suite => suite.GetString(Page.Dice, latency: true));
        Assert.Equal([Page.Dice], fixedPage.Pages);
        Assert.Equal(276, fixedPage.Scenario.GetBytes(Page.Dice));
        Assert.Null(fixedPage.Scenario.Pages);
    }

    [Fact]
    public void The_child_process_gets_the_conditions_of_the_file_itself()
    {
        new ScenarioFile(Parse("--latency-quantiles 10,20,60 --protocol https"), Calibration).Write(FilePath);
        var settings = GetSettings("--scenario", FilePath, "--seed", "4");
        File.Delete(FilePath);

        var read = System.Text.Json.JsonSerializer.Deserialize<BenchmarkSettings>(System.Text.Json.JsonSerializer.Serialize(settings))!;
        Assert.Equal(Parse("--latency-quantiles 10,20,60 --protocol https --seed 4"), Apply<Strategies>(read));
    }

    [Fact]
    public async Task A_bad_file_is_one_line_that_names_option_file_field_and_value()
    {
        await File.WriteAllTextAsync(FilePath, """{"scenario": {"capacity": 0}}""", TestContext.Current.CancellationToken);
        var expected = $"--scenario {FilePath}: scenario.capacity 0: must be a whole number between 1 and 1000000";
        InvalidArguments.AssertRefused(expected, await InProcessCommand.Run("--scenario", FilePath));
        InvalidArguments.AssertRefused(expected, await RunServer("--scenario", FilePath));
        InvalidArguments.AssertRefused(
            $"--scenario {_folder.FullName}/none.json: there is no such file; must be a scenario in JSON",
            await RunServer("--scenario", $"{_folder.FullName}/none.json"));
        InvalidArguments.AssertRefused("--scenario: needs a value; must be a file in JSON", await RunServer("--scenario"));
    }

    /// <summary>Where the file is taken, the next invalid argument is refused.</summary>
    [Fact]
    public async Task The_mock_server_takes_a_file_and_single_options_change_it()
    {
        new ScenarioFile(Parse("--latency 5 --capacity 8 --queue 3"), null).Write(FilePath);
        InvalidArguments.AssertRefused(
            "--latency-jitter 6: must be between 0 and --latency, which is 5",
            await RunServer("--scenario", FilePath, "--latency-jitter", "6"));
        using var server = MockServerFixture.Start("--scenario", FilePath, "--capacity", "9");
        Assert.Equal(Parse("--latency 5 --capacity 9 --queue 3"), server.Control.GetScenario());
    }

    private static Task<ProgramResult> RunServer(params string[] arguments) =>
        InProcessCommand.Run(() => Task.Run(() => new Downloader.MockServer.CommandLine().Run(arguments)));

    private static Scenario Parse(string options) => ScenarioOptions.Parse(options.Split(' '), new Scenario());

    private static BenchmarkSettings GetSettings(params string[] arguments)
    {
        var options = new BenchmarkOptions();
        var command = new System.CommandLine.RootCommand();
        foreach (var option in options.All) command.Add(option);
        return options.GetSettings(command.Parse(arguments));
    }

    private static Scenario Apply<T>(BenchmarkSettings settings)
        where T : Suite, new()
    {
        BenchmarkSettings.Isolate();
        settings.ApplyToProcess();
        return new T().Scenario;
    }

    private static DownloadCase Describe<T>(Action<T> method)
        where T : Suite, new() => new T().Describe(suite => method((T)suite));
}
