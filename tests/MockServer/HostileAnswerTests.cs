using System.Net;
using System.Net.Sockets;
using System.Text;
using Downloader.MockServer.Client;
using MemoryPack;

namespace Downloader.Tests.MockServer;

/// <summary>What a broken or hostile server can answer to the control client: each answer ends in one clear line.</summary>
public sealed class HostileAnswerTests
{
    private static readonly AuditPage ValidPage = new(
        LogNumber: 1,
        [new IterationInterval(TimeSpan.Zero, TimeSpan.FromSeconds(1), "report")],
        [.. Enumerable.Range(0, 50).Select(i => new RequestRecord(
            0, i, 1, Downloader.MockServer.Client.Page.Dice, WireProtocol.Http1, RequestOutcome.Served,
            new TimeSpan(i), new TimeSpan(i + 5), new TimeSpan(5), TimeSpan.Zero, TimeSpan.Zero, 276))],
        Next: 50,
        Logged: 50,
        Dropped: 7);

    [Fact]
    public void A_page_that_is_written_is_the_page_that_is_read()
    {
        var read = AuditPage.Read(MemoryPackSerializer.Serialize(ValidPage));
        Assert.Equal(ValidPage.Iterations, read.Iterations);
        Assert.Equal(ValidPage.Requests, read.Requests);
        Assert.Equal((1, 50, 50, 7L), (read.LogNumber, read.Next, read.Logged, read.Dropped));
    }

    [Fact]
    public async Task An_audit_is_read_from_an_honest_answer()
    {
        var log = await CallWithAnswer(AuditAnswer(MemoryPackSerializer.Serialize(ValidPage)), client => client.ReadAudit());
        Assert.Equal(ValidPage.Requests, log.Requests);
        Assert.Equal((0, 7L), (log.InFlight, log.Dropped));
    }

    /// <remarks>Every prefix of a page, and 20,000 pages with three random bytes.</remarks>
    [Fact]
    public void A_truncated_or_changed_page_throws_no_other_exception_than_InvalidDataException()
    {
        var bytes = MemoryPackSerializer.Serialize(ValidPage);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => AuditPage.Read(bytes.AsSpan(0, length)));
        }

        var random = new Random(1);
        var rejected = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var garbage = (byte[])bytes.Clone();
            for (var change = 0; change < 3; change++) garbage[random.Next(garbage.Length)] = (byte)random.Next(256);
            try
            {
                AuditPage.Read(garbage);
            }
            catch (InvalidDataException)
            {
                rejected++;
            }
        }

        Assert.NotEqual(0, rejected);
    }

    public static TheoryData<string> ImpossiblePages =>
        ["unknown outcome", "negative bytes", "completed before arrival", "ends before it begins", "more requests than positions"];

    [Theory]
    [MemberData(nameof(ImpossiblePages))]
    public void Values_that_no_log_has_are_refused(string defect)
    {
        var first = ValidPage.Requests[0];
        var page = defect switch
        {
            "unknown outcome" => ValidPage with { Requests = [first with { Outcome = (RequestOutcome)99 }] },
            "negative bytes" => ValidPage with { Requests = [first with { BodyBytes = -1 }] },
            "completed before arrival" => ValidPage with { Requests = [first with { Arrived = TimeSpan.FromDays(1) }] },
            "ends before it begins" =>
                ValidPage with { Iterations = [new IterationInterval(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1))] },
            _ => ValidPage with { Next = 10, Logged = 10 },
        };
        Assert.Throws<InvalidDataException>(() => AuditPage.Read(MemoryPackSerializer.Serialize(page)));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", ": not a mock server of this project.")]
    [InlineData("SSH-2.0-OpenSSH\r\n", ": not a mock server of this project (")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Downloader-Mock-Server: 1\r\nContent-Length: 2\r\n\r\n[]", ": not a mock server of this project.")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Downloader-Mock-Server: 1\r\nContent-Length: 20000000\r\n\r\n", ": the answer is too long")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Downloader-Mock-Server: 1\r\nContent-Length: 200\r\n\r\n{", "or its answer broke off.")]
    [InlineData("HTTP/1.1 409 \u001b[2J\r\nX-Downloader-Mock-Server: 1\r\nContent-Length: 9\r\n\r\n\u001b[31mno\u0007\n", ": [31mno")]
    public async Task The_error_is_one_line_without_control_characters(string answer, string expected)
    {
        var error = await Assert.ThrowsAsync<MockServerControlException>(
            () => CallWithAnswer(Encoding.Latin1.GetBytes(answer), client => client.GetScenario()));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public async Task A_truncated_and_a_forged_audit_are_errors_of_one_line()
    {
        var bytes = MemoryPackSerializer.Serialize(ValidPage);
        var truncated = await Assert.ThrowsAsync<MockServerControlException>(
            () => CallWithAnswer(AuditAnswer(bytes[..^1]), client => client.ReadAudit()));
        Assert.EndsWith(": the audit is invalid: it cannot be read.", truncated.Message, StringComparison.Ordinal);

        var unknown = ValidPage with { Requests = [ValidPage.Requests[0] with { Iteration = 5 }] };
        var forged = await Assert.ThrowsAsync<MockServerControlException>(
            () => CallWithAnswer(AuditAnswer(MemoryPackSerializer.Serialize(unknown)), client => client.ReadAudit()));
        Assert.EndsWith(": the audit is invalid: it contradicts itself.", forged.Message, StringComparison.Ordinal);
    }

    private static byte[] AuditAnswer(byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nX-Downloader-Mock-Server: 1\r\n"
            + $"Content-Type: {AuditPage.MediaType}\r\nContent-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    /// <summary>Calls a client whose server gives this answer and closes the connection.</summary>
    private static async Task<T> CallWithAnswer<T>(byte[] answer, Func<MockServerClient, T> call)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new MockServerClient(new Uri($"http://{listener.LocalEndpoint}"));
        var answering = Task.Run(async () =>
        {
            using var connection = await listener.AcceptTcpClientAsync();
            await connection.GetStream().ReadAtLeastAsync(new byte[1000], 1);
            await connection.GetStream().WriteAsync(answer);
        });
        try
        {
            return await Task.Run(() => call(client));
        }
        finally
        {
            await answering;
        }
    }
}
