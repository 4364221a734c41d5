using System.Collections;
using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>The parts of a HAR file that a calibration uses. Bodies and whatever else it holds are skipped while it is read.</summary>
internal sealed class HarFile
{
    /// <summary>The most entries that are read.</summary>
    public const int MaxEntries = 200_000;

    public LogPart? Log { get; init; }

    public sealed class LogPart
    {
        public EntryList? Entries { get; init; }
    }

    /// <summary>Entries, so many at most: a file of nothing but <c>{}</c> must not fill the memory.</summary>
    public sealed class EntryList : Collection<Entry>
    {
        protected override void InsertItem(int index, Entry item)
        {
            if (index >= MaxEntries) throw new InvalidDataException("holds more than 200,000 entries");
            base.InsertItem(index, item);
        }
    }

    public sealed class Entry
    {
        public string? StartedDateTime { get; init; }

        public double? Time { get; init; }

        public RequestPart? Request { get; init; }

        public ResponsePart? Response { get; init; }

        public TimingsPart? Timings { get; init; }

        /// <summary>Chrome: "memory" or "disk".</summary>
        [JsonPropertyName("_fromCache")]
        public JsonElement FromCache { get; init; }

        /// <summary>Safari: "Network Load", "Memory Cache", "Disk Cache", "Service Worker".</summary>
        [JsonPropertyName("_fetchType")]
        public JsonElement FetchType { get; init; }
    }

    public sealed class RequestPart
    {
        public string? Method { get; init; }

        public string? Url { get; init; }

        public string? HttpVersion { get; init; }
    }

    public sealed class ResponsePart
    {
        public double? Status { get; init; }

        public string? HttpVersion { get; init; }

        public HeaderList? Headers { get; init; }

        public ContentPart? Content { get; init; }

        public double? BodySize { get; init; }

        /// <summary>Chrome and Safari: bytes on the wire.</summary>
        [JsonPropertyName("_transferSize")]
        public double? TransferSize { get; init; }

        /// <summary>Chrome: the reason, such as <c>net::ERR_CONNECTION_RESET</c>, of a request without an answer.</summary>
        [JsonPropertyName("_error")]
        public JsonElement Error { get; init; }

        /// <summary>Chrome: a service worker answered, perhaps from a cache; what it fetched has an entry of its own.</summary>
        [JsonPropertyName("_fetchedViaServiceWorker")]
        public JsonElement FetchedViaServiceWorker { get; init; }
    }

    public sealed class ContentPart
    {
        public double? Size { get; init; }
    }

    public sealed class TimingsPart
    {
        public double? Blocked { get; init; }

        public double? Dns { get; init; }

        public double? Connect { get; init; }

        public double? Ssl { get; init; }

        public double? Send { get; init; }

        public double? Wait { get; init; }

        public double? Receive { get; init; }
    }

    public sealed class Header
    {
        public string? Name { get; init; }

        public string? Value { get; init; }
    }

    /// <summary>Keeps no header but the two that say how long to wait.</summary>
    public sealed class HeaderList : ICollection<Header>
    {
        public string? RetryAfter { get; private set; }

        public string? Date { get; private set; }

        public int Count => 0;

        public bool IsReadOnly => false;

        public void Add(Header item)
        {
            if (string.Equals(item?.Name, "Retry-After", StringComparison.OrdinalIgnoreCase)) RetryAfter = item!.Value;
            if (string.Equals(item?.Name, "Date", StringComparison.OrdinalIgnoreCase)) Date = item!.Value;
        }

        public void Clear() => (RetryAfter, Date) = (null, null);

        public bool Contains(Header item) => false;

        public void CopyTo(Header[] array, int arrayIndex)
        {
            // It keeps none.
        }

        public bool Remove(Header item) => false;

        public IEnumerator<Header> GetEnumerator() => Enumerable.Empty<Header>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
