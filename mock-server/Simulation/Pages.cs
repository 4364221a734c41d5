using System.Text;
using Downloader.MockServer.Client;

namespace Downloader.MockServer.Simulation;

/// <summary>The bodies of the pages: ASCII text of exactly the requested size, the same at every start.</summary>
internal sealed class Pages
{
    public const string JythonPath = "/jython";
    public const string DicePath = "/dice";
    public const string LargePath = "/large";

    private const int LineLength = 80;
    private static readonly byte[] Large = Create("large", Scenario.LargeBytes);
    private readonly byte[] _jython;
    private readonly byte[] _dice;

    /// <summary>The pages of a scenario; a page of the same size as in the previous one is reused.</summary>
    public Pages(Scenario scenario, Pages? previous)
    {
        _jython = previous?._jython.Length == scenario.JythonBytes ? previous._jython : Create("jython", scenario.JythonBytes);
        _dice = previous?._dice.Length == scenario.DiceBytes ? previous._dice : Create("dice", scenario.DiceBytes);
    }

    /// <summary>The page of this path, which must match exactly.</summary>
    public static Page GetPage(string? path) => path switch
    {
        JythonPath => Page.Jython,
        DicePath => Page.Dice,
        LargePath => Page.Large,
        _ => Page.Other,
    };

    /// <summary>The body of a page that is served.</summary>
    public byte[] GetBody(Page page) => page switch
    {
        Page.Jython => _jython,
        Page.Dice => _dice,
        Page.Large => Large,
        _ => throw new ArgumentOutOfRangeException(nameof(page), page, "No page that is served."),
    };

    private static byte[] Create(string name, int size)
    {
        var body = new byte[size];
        var random = new SeededRandom(seed: size, stream: name.Length);
        for (var i = 0; i < size; i++)
        {
            var isLineEnd = i % LineLength == LineLength - 1;
            body[i] = isLineEnd ? (byte)'\n' : (byte)('a' + (random.GetBits(i) % 26));
        }

        var title = Encoding.ASCII.GetBytes($"<!doctype html><title>{name}</title>\n");
        title.AsSpan(0, Math.Min(size, title.Length)).CopyTo(body);
        return body;
    }
}
