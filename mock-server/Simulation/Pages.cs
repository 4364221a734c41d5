using System.Text;
using Downloader.MockServer.Client;

namespace Downloader.MockServer.Simulation;

/// <summary>The bodies of the two pages: text of exactly the requested size, the same at every start.</summary>
internal sealed class Pages
{
    public const string JythonPath = "/jython";
    public const string DicePath = "/dice";

    private const int LineLength = 80;
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
        _ => Page.Other,
    };

    public byte[] GetBody(Page page) => page == Page.Jython ? _jython : _dice;

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
