using Downloader.Benchmarks.Calibration;
using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.Benchmarks.Calibration.Probing;
using Downloader.Benchmarks.Calibration.Simulation;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Reports.Pictures;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>A calibration: from what was seen to the files, and to what is printed.</summary>
internal sealed record CalibrationRequest
{
    /// <summary>Where the scenario goes; null for a file that is named after the server.</summary>
    public string? Out { get; init; }

    /// <summary>How many downloads the predictions are about.</summary>
    public required int Downloads { get; init; }

    /// <summary>Worker counts for predictions, beside the usual ones.</summary>
    public IReadOnlyList<int> Workers { get; init; } = [];

    /// <summary>The folder for the charts as pictures; null for none.</summary>
    public string? Pictures { get; init; }

    /// <summary>Whether strategies are measured against the replay.</summary>
    public bool Runs { get; init; }

    /// <summary>Watches a server.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ProbeOptions options)
    {
        CalibrationFile.EnsureWritable(Out, options.Target.Source);
        Console.WriteLine(FormattableString.Invariant(
            $"Calibrating {options.Target.PrintableOrigin} with at most {options.MaxRequests} GET requests, robots.txt included, at most ")
            + FormattableString.Invariant($"{options.MaxWorkers} at once, within {options.MaxTime.TotalSeconds:0} s beside the waits ")
            + "that it asks for.");
        Console.WriteLine($"User-Agent: {options.UserAgent}");
        using var interrupt = new CtrlCHandler();
        Observations observations;
        try
        {
            using var progress = new ProbeProgressLine(options.MaxRequests);
            observations = await new Prober(options, progress).RunAsync(interrupt.Token);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted before anything was learnt.");
            return ExitCode.Interrupted;
        }

        return Finish(observations, interrupt.Token.IsCancellationRequested);
    }

    /// <summary>Takes what was seen from a file.</summary>
    /// <param name="observations">What was seen.</param>
    /// <returns>The exit code.</returns>
    public int Import(Observations observations)
    {
        CalibrationFile.EnsureWritable(Out, observations.Source);
        return Finish(observations, interrupted: false);
    }

    /// <summary>Fits a server to what was seen, prints what follows, and writes the files.</summary>
    /// <param name="observations">What was seen.</param>
    /// <param name="interrupted">Whether more would have been.</param>
    /// <returns>The exit code.</returns>
    private int Finish(Observations observations, bool interrupted)
    {
        CalibrationResult result;
        try
        {
            result = Conclude(observations);
        }
        catch (CalibrationException e) when (interrupted)
        {
            Console.Error.WriteLine($"Interrupted before enough was learnt: {e.Message}");
            return ExitCode.Interrupted;
        }

        var file = new CalibrationFile(result, Out);
        bool isWritten;
        try
        {
            Print(result);
        }
        finally
        {
            // Also where the screen takes nothing, such as a pipe whose reader has ended.
            isWritten = Write(file);
        }

        if (isWritten && Pictures is not null)
        {
            var pictures = PictureCatalogue.Create(result, Path.GetFileNameWithoutExtension(file.Path));
            foreach (var name in PictureWriter.Write(pictures, Pictures))
                Console.WriteLine(Path.GetFullPath(Path.Combine(Pictures, name)));
        }

        if (interrupted) return ExitCode.Interrupted;
        if (!isWritten) return ExitCode.Failure;
        return Runs ? ReplayRun.Execute(result.Recommendation, file.Content) : ExitCode.Success;
    }

    private static void Print(CalibrationResult result)
    {
        // A file or a pipe has no width; lines stay whole.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        CalibrationConsoleView.Render(result, console);
        foreach (var note in CalibrationText.Notes(result)) Console.WriteLine(note);
        Console.WriteLine();
        Console.WriteLine(RecommendedUse.GetCommand(result.Recommendation));
        Console.WriteLine();
    }

    /// <summary>Writes the files, and prints their paths or why they could not be written.</summary>
    private static bool Write(CalibrationFile file)
    {
        IReadOnlyList<string> paths;
        try
        {
            paths = file.Write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The files cannot be written: {PrintableText.Escape(e.Message, PrintableText.MaxUrlLength)}");
            return false;
        }

        foreach (var path in paths) Console.WriteLine(path);
        return true;
    }

    private CalibrationResult Conclude(Observations observations)
    {
        var fit = ServerFitter.Fit(observations);
        var recommendation = WorkerRecommender.Recommend(fit, Downloads);
        int[] usual = [Math.Max(1, recommendation.Workers / 2), recommendation.Workers, 2 * recommendation.Workers];
        var predictions = usual.Concat(Workers).Distinct().Order()
            .Select(workers => MakespanPredictor.Predict(fit, workers, Downloads)).ToList();
        return new CalibrationResult(observations, fit, predictions, recommendation);
    }
}
