namespace Downloader.Benchmarks.Execution;

/// <summary>How the tool of a case is compiled.</summary>
public enum ToolCompilation
{
    /// <summary>To machine code, before it starts.</summary>
    AheadOfTime,

    /// <summary>By the JIT, while it runs.</summary>
    JustInTime,
}
