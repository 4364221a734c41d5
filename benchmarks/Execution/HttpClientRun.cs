using System.Buffers;
using System.Diagnostics;

namespace Downloader.Benchmarks.Execution;

/// <summary>Downloads a list with <see cref="HttpClient"/> itself, in the pattern of WorkerLoops: one asynchronous loop a worker, which
/// share the list. Code as a developer writes it by hand, so that what the library saves or costs can be seen beside it.</summary>
/// <param name="uris">The list.</param>
/// <param name="workers">How many loops.</param>
/// <param name="clients">The clients.</param>
/// <param name="policy">How each GET is made.</param>
internal sealed class HttpClientRun(IReadOnlyList<Uri> uris, int workers, HttpClientSource clients, GetPolicy policy)
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>Downloads the whole list once. A failed download is a result with a reason; it is not tried again.</summary>
    /// <returns>One result per URI, in the order of the list.</returns>
    public async Task<IReadOnlyList<DownloadResult>> RunAsync()
    {
        var results = new DownloadResult[uris.Count];
        var taken = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(workers, uris.Count)).Select(_ => WorkAsync())).ConfigureAwait(false);
        return results;

        async Task WorkAsync()
        {
            int index;
            while ((index = Interlocked.Increment(ref taken)) < uris.Count)
                results[index] = await DownloadAsync(uris[index]).ConfigureAwait(false);
        }
    }

    private async Task<DownloadResult> DownloadAsync(Uri uri)
    {
        var started = Stopwatch.GetTimestamp();
        var client = clients.Rent();
        try
        {
            var bytes = policy switch
            {
                // The pages are ASCII: each character was one byte.
                GetPolicy.GetStringAsync => (await client.GetStringAsync(uri).ConfigureAwait(false)).Length,
                GetPolicy.GetByteArrayAsync => (await client.GetByteArrayAsync(uri).ConfigureAwait(false)).Length,
                GetPolicy.ResponseHeadersRead => await ReadStreamAsync(client, uri).ConfigureAwait(false),
                _ => throw new InvalidOperationException($"{policy} is not made with HttpClient."),
            };
            return new DownloadResult(uri, bytes, Stopwatch.GetElapsedTime(started), Failure: null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            var failure = new DownloadFailure(FailureReason.Other, e.Message);
            return new DownloadResult(uri, 0, Stopwatch.GetElapsedTime(started), failure);
        }
        finally
        {
            clients.Release(client);
        }
    }

    private static async Task<long> ReadStreamAsync(HttpClient client, Uri uri)
    {
        using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var total = 0L;
            int bytes;
            while ((bytes = await body.ReadAsync(buffer).ConfigureAwait(false)) > 0) total += bytes;
            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
