using System.IO.Pipes;
using Downloader.Benchmarks.Measurement;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Measurement;

/// <summary>Another process decides when each round begins.</summary>
public sealed class RoundGateTests
{
    [Fact]
    public async Task A_round_waits_for_its_line()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        using var reader = new StreamReader(client);
        using var writer = new StreamWriter(server) { AutoFlush = true };
        using var output = new StringWriter();
        using var gate = new RoundGate(reader, output);

        var round = Task.Run(() => gate.Wait(CancellationToken.None), TestContext.Current.CancellationToken);
        await Eventually.Is(RoundGate.WaitingLine + Environment.NewLine, output.ToString);
        Assert.False(round.IsCompleted);

        await writer.WriteLineAsync();
        await round;
        Assert.False(gate.Closed.IsCancellationRequested);
    }

    [Fact]
    public async Task The_end_of_input_is_an_interruption()
    {
        using var output = new StringWriter();
        using var gate = new RoundGate(TextReader.Null, output);

        await Eventually.Is(true, () => gate.Closed.IsCancellationRequested);
        Assert.Throws<OperationCanceledException>(() => gate.Wait(gate.Closed));
    }
}
