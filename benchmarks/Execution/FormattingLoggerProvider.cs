using Microsoft.Extensions.Logging;

namespace Downloader.Benchmarks.Execution;

/// <summary>Loggers that format each message and drop it: the part of logging that no destination can do without. Where the text then goes,
/// a console or a file, costs more.</summary>
internal sealed class FormattingLoggerProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new FormattingLogger();

    public void Dispose()
    {
        // It holds nothing.
    }

    private sealed class FormattingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            formatter(state, exception);
    }
}
