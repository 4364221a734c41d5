using System.Runtime.InteropServices;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>The pages of imported requests: the most frequent paths.</summary>
internal sealed class ImportedPages
{
    /// <summary>The most pages that are kept.</summary>
    public const int MaxPages = 200;

    /// <summary>The most characters of their paths together, which is what a scenario can list.</summary>
    public const int MaxPathCharacters = 10_000;

    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly (long Bytes, int Index)[] _bySize;

    /// <summary>Counts the paths of successful requests.</summary>
    public ImportedPages(IEnumerable<ImportedRequest> requests)
    {
        var sizes = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            if (request.Outcome != ObservedOutcome.Succeeded || request.Path is null) continue;
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(sizes, request.Path, out _);
            (list ??= []).Add(request.BodyBytes);
        }

        var characters = 0;
        Pages = [.. sizes
            .OrderByDescending(path => path.Value.Count).ThenBy(path => path.Key, StringComparer.Ordinal)
            .Take(MaxPages)
            .TakeWhile(path => (characters += path.Key.Length) <= MaxPathCharacters)
            .Select(path => new ObservedPage(path.Key, Median(path.Value)))];
        for (var index = 0; index < Pages.Count; index++) _indices.Add(Pages[index].Path, index);
        _bySize = [.. Pages.Select((page, index) => (page.Bytes, index)).Order()];
    }

    /// <summary>The pages, the most frequent first.</summary>
    public IReadOnlyList<ObservedPage> Pages { get; }

    /// <summary>How many successful requests <see cref="IndexOf"/> counted for a page that is not theirs.</summary>
    public int Reassigned { get; private set; }

    /// <summary>The page of a request; where it is not among the pages, that whose size is closest.</summary>
    public int IndexOf(ImportedRequest request)
    {
        if (request.Path is not null && _indices.TryGetValue(request.Path, out var index)) return index;
        if (request.Outcome != ObservedOutcome.Succeeded) return 0;
        Reassigned++;
        var place = Array.BinarySearch(_bySize, (request.BodyBytes, 0));
        var above = Math.Min(place < 0 ? ~place : place, _bySize.Length - 1);
        var below = Math.Max(above - 1, 0);
        var isBelowCloser = Math.Abs(_bySize[below].Bytes - request.BodyBytes) < Math.Abs(_bySize[above].Bytes - request.BodyBytes);
        return _bySize[isBelowCloser ? below : above].Index;
    }

    private static long Median(List<long> sizes)
    {
        sizes.Sort();
        return sizes[sizes.Count / 2];
    }
}
