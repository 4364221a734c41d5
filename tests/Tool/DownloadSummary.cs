using System.Globalization;
using System.Text.RegularExpressions;
using Downloader.Tests.Support;

namespace Downloader.Tests.Tool;

/// <summary>The last line that the tool prints.</summary>
internal static partial class DownloadSummary
{
    /// <summary>The line with <c>N</c> in place of its time, which must have two decimals.</summary>
    public static string WithoutTime(ProgramResult result)
    {
        var summary = result.Output[^1];
        Assert.True(double.Parse(Time().Match(summary).Groups[1].Value, CultureInfo.InvariantCulture) >= 0);
        return Time().Replace(summary, "in N seconds");
    }

    [GeneratedRegex(@"in (\d+\.\d\d) seconds")]
    private static partial Regex Time();
}
