namespace Downloader.Tests.Support;

/// <summary>How the program refuses invalid arguments.</summary>
internal static class InvalidArguments
{
    /// <summary>Asserts exit code 2 and a single line, on standard error.</summary>
    /// <param name="named">What the line must name, in this order, separated by <c>…</c>.</param>
    /// <param name="result">How the program ended.</param>
    public static void AssertRefused(string named, ProgramResult result)
    {
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Empty(result.Output);
        var line = Assert.Single(result.Errors);
        foreach (var part in named.Split('…'))
        {
            var position = line.IndexOf(part, StringComparison.Ordinal);
            Assert.True(position >= 0, $"\"{part}\" of \"{named}\" is missing, or not in this order: {result.Errors[0]}");
            line = line[(position + part.Length)..];
        }
    }
}
