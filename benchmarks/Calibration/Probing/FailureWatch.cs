namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Finds that a calibration makes no sense: what is asked for is elsewhere or not there, or too much fails.</summary>
/// <param name="target">What is asked for.</param>
internal sealed class FailureWatch(ProbeTarget target)
{
    private const int FirstFailures = 5;
    private const int FirstRefusals = 3;
    private const int LastAnswers = 30;

    private readonly bool[] _succeeded = new bool[target.Uris.Count];
    private readonly Queue<bool> _last = new();
    private int _successes;
    private int _failures;
    private int _refusals;
    private string? _refusal;

    /// <summary>Takes an answer.</summary>
    /// <returns>Why the calibration must end, a line; null when it goes on.</returns>
    public string? FindError(ProbeAnswer answer)
    {
        var page = answer.Request.Page;
        var name = PrintableText.FromUrl(target.Uris[page].AbsoluteUri);
        if (answer.Request.Outcome == ObservedOutcome.Succeeded)
        {
            _succeeded[page] = true;
            _successes++;
        }
        else if (!_succeeded[page] && FindPageError(answer, name) is { } error)
        {
            return error;
        }

        return answer.IsRefusal ? CountRefusal(answer, name) : CountFailure(answer, name);
    }

    /// <summary>Why nothing was learnt where all answers so far were refusals, a line; null where others came, or none.</summary>
    public string? FindRefusalOfAll() => _successes == 0 && _failures == 0 ? _refusal : null;

    /// <summary>What is wrong with a page that has never been there.</summary>
    private static string? FindPageError(ProbeAnswer answer, string name)
    {
        if (answer.RedirectTarget is not null)
            return $"{name}: answers with a redirect to {answer.RedirectTarget}: calibrate that URL.";
        var isForGood = answer.Request.Status is >= 300 and < 500 and not (408 or 425 or 429);
        return isForGood ? $"{name}: answers {answer.Problem}; must be a URL whose answer has status 200 to 299." : null;
    }

    private string? CountRefusal(ProbeAnswer answer, string name)
    {
        _refusals++;
        _refusal = $"{name}: the server refuses every request: {answer.Problem}.";
        return _successes == 0 && _refusals >= FirstRefusals ? _refusal : null;
    }

    private string? CountFailure(ProbeAnswer answer, string name)
    {
        var hasFailed = answer.Request.Outcome != ObservedOutcome.Succeeded;
        _last.Enqueue(hasFailed);
        if (_last.Count > LastAnswers) _last.Dequeue();
        if (!hasFailed) return null;
        _failures++;
        var isFirst = _successes == 0 && (_failures >= FirstFailures || answer.Request.Outcome == ObservedOutcome.TimedOut);
        if (isFirst) return $"{name}: {answer.Problem}.";
        var failed = _last.Count(one => one);
        var isTooMany = _last.Count == LastAnswers && failed > LastAnswers / 3;
        return isTooMany ? $"{name}: {failed} of the last {LastAnswers} requests failed, the last one with: {answer.Problem}." : null;
    }
}
