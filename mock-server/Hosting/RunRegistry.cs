using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Downloader.MockServer.Hosting;

/// <summary>The run that holds the server: one at a time, so that no run changes what another one measures.</summary>
/// <param name="clock">The time of day.</param>
/// <param name="onEnded">Called when a run ends, before another one can start.</param>
internal sealed class RunRegistry(TimeProvider clock, Action onEnded)
{
    private readonly Lock _lock = new();
    private Run? _current;

    /// <summary>Starts a run.</summary>
    /// <exception cref="ControlRequestException">Another run holds the server.</exception>
    public Run Acquire()
    {
        lock (_lock)
        {
            if (_current is not null) throw InUse(_current);
            return _current = new Run(RandomNumberGenerator.GetHexString(32), clock.GetUtcNow());
        }
    }

    /// <summary>Checks that a request which changes the server's state comes from the run that holds it, if there is one.</summary>
    /// <exception cref="ControlRequestException">It does not.</exception>
    public void CheckToken(string? token)
    {
        lock (_lock)
        {
            if (token == _current?.Token) return;
            if (_current is not null) throw InUse(_current);
            throw new ControlRequestException(StatusCodes.Status409Conflict, "the run of this token has ended");
        }
    }

    /// <summary>Ends the current run, if there is one.</summary>
    public void Release() => End(Volatile.Read(ref _current));

    /// <summary>Ends this run, if it is still the current one.</summary>
    public void End(Run? run)
    {
        lock (_lock)
        {
            if (run is null || _current != run) return;
            onEnded();
            _current = null;
        }

        run.SetEnded();
    }

    private static ControlRequestException InUse(Run run) => new(
        StatusCodes.Status409Conflict,
        string.Create(CultureInfo.InvariantCulture, $"the server is in use by another run (since {run.Since:yyyy-MM-dd HH:mm:ss} UTC)"));

    /// <summary>One run.</summary>
    internal sealed class Run(string token, DateTimeOffset since)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Token { get; } = token;

        public DateTimeOffset Since { get; } = since;

        /// <summary>Completes when the run has ended.</summary>
        public Task Ended => _ended.Task;

        public void SetEnded() => _ended.SetResult();
    }
}
