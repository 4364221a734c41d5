using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Probing;
using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>The command <c>calibrate</c>, called in this process against the real mock server.</summary>
public sealed class CalibrateCommandTests(MockServerFixture server) : IClassFixture<MockServerFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calibrate-").FullName;

    public static TheoryData<string, string[]> Invalid => new()
    {
        { "must have URLs…--har", [] },
        { "ftp://127.0.0.1/…must be an absolute http or https URL", ["ftp://127.0.0.1/"] },
        { "http://127.0.0.1:2/…one server", ["http://127.0.0.1:1/", "http://127.0.0.1:2/"] },
        { "--i-may-load-this-host example.org…300 requests…32 of them at once", ["http://example.org/"] },
        {
            "--i-may-load-this-host example.org…not example.com…50 requests…4 of them",
            ["http://example.org/", "--i-may-load-this-host", "example.com", "--max-requests", "50", "--max-workers", "4"]
        },
        { "--max-requests 5…20", ["http://127.0.0.1:1/", "--max-requests", "5"] },
        { "--max-workers 0…1", ["http://127.0.0.1:1/", "--max-workers", "0"] },
        { "--max-seconds x…1", ["http://127.0.0.1:1/", "--max-seconds", "x"] },
        { "--protocol http9…http1 or http2", ["http://127.0.0.1:1/", "--protocol", "http9"] },
        { "--cacert /nowhere…cannot be read", ["http://127.0.0.1:1/", "--cacert", "/nowhere"] },
        { "--header…'Name: value'", ["http://127.0.0.1:1/", "--header", "nonsense"] },
        { "--header User-Agent: …names this tool", ["http://127.0.0.1:1/", "--header", "User-Agent: x"] },
        { "--har x.har…--log x.log", ["--har", "x.har", "--log", "x.log"] },
        { "--har x.har…takes no URL", ["--har", "x.har", "http://127.0.0.1:1/"] },
        { "--log-format…needs --log", ["http://127.0.0.1:1/", "--log-format", "combined"] },
        { "--check", ["--check", "/nowhere.json", "http://127.0.0.1:1/", "--workers", "1,2"] },
        { "--max-requests: has no effect with --check", ["--check", "x.json", "http://127.0.0.1:1/", "--max-requests", "50"] },
        { "--protocol: has no effect with --har", ["--har", "x.har", "--protocol", "http1"] },
        { "--out: must be the name of a file", ["http://127.0.0.1:1/", "--out", " "] },
        { "/nowhere.json…no such file", ["--check", "/nowhere.json", "http://127.0.0.1:1/"] },
        { "--nonsense…no option of calibrate", ["http://127.0.0.1:1/", "--nonsense"] },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task Invalid_arguments_are_one_line(string named, string[] arguments) =>
        InvalidArguments.AssertRefused(named, await InProcessCommand.Run(["calibrate", .. arguments]));

    [Theory]
    [InlineData(12, "Predicted 1,234 s (1,000 s to 1,500 s), measured")]
    [InlineData(13, "; simulated from the scenario, since the file predicts none of this), measured")]
    public async Task A_check_takes_the_prediction_of_the_file_where_it_has_one(int downloads, string expected)
    {
        using var scripted = new ScriptedServer(_ => ScriptedServer.Ok);
        var file = Path.Combine(_folder, "slow.json");
        var predictions = new[] { new PredictedMakespan(2, 12, 1_234_000, 1_000_000, 1_500_000) };
        var calibration = new CalibrationSummary("slow.example", new DateOnly(2026, 1, 2), 300, "none", 2, predictions);
        new ScenarioFile(new Scenario(), calibration).Write(file);

        var check = await Run("--check", file, "--downloads", $"{downloads}", scripted.Page.AbsoluteUri);

        Assert.True(check.ExitCode == 0, check.ToString());
        Assert.Contains(expected, check.Output[^1].Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_refused_before_the_first_request()
    {
        using var scripted = new ScriptedServer(_ => ScriptedServer.Ok);
        var (folder, file) = (Path.Combine(_folder, "folder.json"), Path.Combine(_folder, "file"));
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        InvalidArguments.AssertRefused($"--out {folder}: must be a file", await Run("--out", folder, scripted.Page.AbsoluteUri));
        var inFile = Path.Combine(file, "x.json");
        InvalidArguments.AssertRefused($"--out {inFile}: must be a file", await Run("--out", inFile, scripted.Page.AbsoluteUri));
        Assert.Empty(scripted.Requests);
    }

    [Fact]
    public async Task What_was_learnt_is_shown_also_where_its_file_cannot_be_written_any_more()
    {
        var file = Path.Combine(_folder, "gone.json");
        using var scripted = new ScriptedServer(_ =>
        {
            Directory.CreateDirectory(file);
            return ScriptedServer.Ok;
        });

        var result = await Run("--out", file, "--max-requests", "24", "--max-workers", "1", scripted.Page.AbsoluteUri);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(result.Output, line => line.StartsWith("downloader --workers ", StringComparison.Ordinal));
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("The files cannot be written: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_of_the_files_is_created_without_a_request_too()
    {
        var (har, file) = (Path.Combine(_folder, "page.har"), Path.Combine(_folder, "new", "page.json"));
        var text = HarText.File(Enumerable.Range(0, 12).Select(index => HarText.Chrome(start: 100 * index)));
        await File.WriteAllTextAsync(har, text, TestContext.Current.CancellationToken);

        var result = await Run("--har", har, "--out", file);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(12, ScenarioFile.Read(file).Calibration!.Requests);
    }

    /// <summary>The target is a server of its own, which would see that it is contacted.</summary>
    [Fact]
    public async Task A_check_follows_no_redirect_and_names_its_target()
    {
        using var elsewhere = new ScriptedServer(_ => ScriptedServer.Ok);
        using var scripted = new ScriptedServer(_ => $"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Page}\r\nContent-Length: 0\r\n\r\n");
        var file = Path.Combine(_folder, "redirect.json");
        new ScenarioFile(new Scenario(), Calibration: null).Write(file);

        var check = await Run("--check", file, "--downloads", "5", "--workers", "2", scripted.Page.AbsoluteUri);

        Assert.Equal(1, check.ExitCode);
        Assert.Equal(
            $"5 of 5 downloads failed, the first one with: a redirect to {elsewhere.Page}, which is not followed.",
            Assert.Single(check.Errors));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_server_that_refuses_robots_txt_gets_nothing_more_and_no_file_is_written()
    {
        using var hostile = new ScriptedServer(_ => ScriptedServer.Ok, ScriptedServer.WithBody("User-agent: *\nDisallow: /"));

        var result = await Run("--out", Path.Combine(_folder, "x.json"), hostile.Page.AbsoluteUri);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("does not allow", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Empty(hostile.PageRequests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_server_whose_certificate_is_not_known_is_trusted_only_where_that_is_given()
    {
        server.UseScenario("--latency 1");
        var page = new Uri(server.Endpoints.Https, "/dice").AbsoluteUri;
        var (certificate, file) = (Path.Combine(_folder, "ca.pem"), Path.Combine(_folder, "https.json"));
        File.WriteAllText(certificate, $"-----BEGIN CERTIFICATE-----\n{server.Endpoints.Certificate}\n-----END CERTIFICATE-----\n");

        var refused = await Run("--out", file, page);
        var trusted = await Run("--out", file, "--cacert", certificate, "--max-requests", "40", "--max-workers", "2", page);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("certificate", Assert.Single(refused.Errors), StringComparison.Ordinal);
        Assert.True(trusted.ExitCode == 0, trusted.ToString());
        Assert.Equal(WireProtocol.Https, ScenarioFile.Read(file).Scenario.Protocol);
    }

    [Fact]
    public async Task Connections_are_known_by_their_first_request()
    {
        server.UseScenario("--latency 2");

        var options = new ProbeOptions(ProbeTarget.Parse([server.Dice.AbsoluteUri])) { MaxRequests = 100, MaxWorkers = 4 };
        var observations = await new Prober(options).RunAsync(TestContext.Current.CancellationToken);

        var requests = server.ReadRequests().Where(request => request.Page == Page.Dice).ToList();
        Assert.Equal(requests.Count, observations.Requests.Count);
        var opened = observations.Requests.Select(request => request.NewConnection).OfType<ConnectionTiming>().ToList();
        Assert.Equal(requests.DistinctBy(request => request.Connection).Count(), opened.Count);
        Assert.All(opened, connection => Assert.NotNull(connection.Tcp));
    }

    [Fact]
    [Trait(TestCollections.Category, TestCollections.Slow)]
    public async Task Ctrl_C_writes_what_was_learnt_and_ends_with_130()
    {
        Interrupts.SkipWhereIgnored();
        server.UseScenario("--latency 20");
        string[] arguments = ["calibrate", "--out", "early.json", $"{server.Dice}"];
        using var program = new RunningProgram(BuiltProgram.Benchmarks, arguments);
        await Eventually.Is(true, () => server.ReadRequests().Count > 45);
        program.Signal("INT");

        var result = program.WaitForExit();

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.InRange(ScenarioFile.Read(Path.Combine(program.Folder, "early.json")).Calibration!.Requests, 30, 290);
    }

    private static Task<ProgramResult> Run(params string[] arguments) => InProcessCommand.Run(["calibrate", .. arguments]);
}
