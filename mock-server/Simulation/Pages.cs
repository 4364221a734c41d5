using System.Text;
using Downloader.MockServer.Client;

namespace Downloader.MockServer.Simulation;

/// <summary>The bodies of the two pages: text of exactly the size asked for, the same at every start.</summary>
internal sealed class Pages
{
    public const string JythonPath = "/jython";
    public const string DicePath = "/dice";

    private const int LineLength = 80;
    private readonly byte[] _jython;
    private readonly byte[] _dice;

    /// <summary>The pages of a scenario; a page of the same size as before is taken over.</summary>
    public Pages(Scenario scenario, Pages? before)
    {
        _jython = before?._jython.Length == scenario.JythonBytes ? before._jython : Make("jython", scenario.JythonBytes);
        _dice = before?._dice.Length == scenario.DiceBytes ? before._dice : Make("dice", scenario.DiceBytes);
    }

    /// <summary>The page asked for by this path, written exactly so.</summary>
    public static Page At(string? path) => path switch
    {
        JythonPath => Page.Jython,
        DicePath => Page.Dice,
        _ => Page.Other,
    };

    public byte[] Body(Page page) => page == Page.Jython ? _jython : _dice;

    private static byte[] Make(string name, int size)
    {
        var body = new byte[size];
        var title = Encoding.ASCII.GetBytes($"<!doctype html><title>{name}</title>\n");
        var random = new SeededRandom(seed: size, stream: name.Length);
        for (var i = 0; i < size; i++)
        {
            body[i] = i < title.Length ? title[i]
                : i % LineLength == LineLength - 1 ? (byte)'\n'
                : (byte)('a' + (random.Bits(i) % 26));
        }

        return body;
    }
}
