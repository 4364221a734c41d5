using System.Security.Cryptography;
using Downloader.MockServer.Client;

namespace Downloader.MockServer.Hosting;

/// <summary>A client that has joined a run.</summary>
/// <param name="number">Its number, from 0.</param>
/// <param name="client">What is known of it.</param>
internal sealed class LoadMember(int number, LoadClient client)
{
    private readonly TaskCompletionSource<string?> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What its requests carry. It begins with the number; the rest cannot be guessed.</summary>
    public string Mark { get; } = $"{number}-{RandomNumberGenerator.GetHexString(16)}";

    /// <summary>What is known of it. The registry changes it, under its lock.</summary>
    public LoadClient Client { get; set; } = client;

    /// <summary>Completes when all clients have joined, with null, or when the run has failed before that, with the reason.</summary>
    public Task<string?> Released => _released.Task;

    /// <summary>Completes when the client has sent its claim.</summary>
    public Task Ended => _ended.Task;

    public void Release(string? failure) => _released.TrySetResult(failure);

    public void SetEnded() => _ended.TrySetResult();
}
