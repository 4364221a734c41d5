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
    private readonly ScenarioPages? _list;
    private readonly byte[][] _listed = [];
    private readonly Dictionary<string, Page> _listedByPath = [];

    /// <summary>The pages of a scenario; a page of the same size as in the previous one is reused.</summary>
    public Pages(Scenario scenario, Pages? previous)
    {
        _jython = previous?._jython.Length == scenario.JythonBytes ? previous._jython : Create("jython", scenario.JythonBytes);
        _dice = previous?._dice.Length == scenario.DiceBytes ? previous._dice : Create("dice", scenario.DiceBytes);
        _list = scenario.Pages;
        if (_list is null) return;
        var isSameList = _list.Equals(previous?._list);
        _listed = isSameList ? previous!._listed : CreateListed(_list);
        _listedByPath = isSameList
            ? previous!._listedByPath
            : _list.Index().ToDictionary(page => page.Item.Path, page => ListedPages.At(page.Index));
    }

    /// <summary>The page of a request: one that the scenario lists, or else one that the server always has.</summary>
    /// <param name="path">The path alone, which must match exactly.</param>
    /// <param name="target">Path and query as the client sent them; a listed page is found however they are encoded.</param>
    public Page GetPage(string? path, string target)
    {
        if (_list is not null && FindListed(target) is { } listed) return listed;
        return path switch
        {
            JythonPath => Page.Jython,
            DicePath => Page.Dice,
            LargePath => Page.Large,
            _ => Page.Other,
        };
    }

    /// <summary>The body of a page that is served.</summary>
    public byte[] GetBody(Page page) => page switch
    {
        >= ListedPages.First when page.GetPosition() < _listed.Length => _listed[page - ListedPages.First],
        Page.Jython => _jython,
        Page.Dice => _dice,
        Page.Large => Large,
        _ => throw new ArgumentOutOfRangeException(nameof(page), page, "No page that is served."),
    };

    private Page? FindListed(string target)
    {
        if (_listedByPath.TryGetValue(target, out var page)) return page;
        var normalized = ScenarioPage.NormalizePath(target);
        return normalized is not null && _listedByPath.TryGetValue(normalized, out page) ? page : null;
    }

    /// <summary>Pages of the same size share their bytes.</summary>
    private static byte[][] CreateListed(ScenarioPages list)
    {
        var bySize = list.Select(page => page.Bytes).Distinct().ToDictionary(size => size, size => Create("page", size));
        return [.. list.Select(page => bySize[page.Bytes])];
    }

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
