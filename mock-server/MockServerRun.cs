using System.Runtime.InteropServices;
using Downloader.MockServer.Hosting;

namespace Downloader.MockServer;

/// <summary>A run of the server, from its start to the signal, or the end of input, that ends it.</summary>
internal static class MockServerRun
{
    /// <summary>Returns the exit code.</summary>
    public static int Until(ServerSettings settings)
    {
        using var ended = new ManualResetEventSlim();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, settings.EndWithInput ? LeaveToOwner : End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        if (settings.EndWithInput) EndWithInput();

        try
        {
            var server = AuditedMockServer.Start(settings);
            Console.WriteLine($"Listening on {server.Address.GetLeftPart(UriPartial.Authority)}");
        }
        catch (StartException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        ended.Wait();
        return 0;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.Set();
        }

        // Ctrl-C reaches everything in a terminal. Who started this server decides when it is no longer needed.
        static void LeaveToOwner(PosixSignalContext signal) => signal.Cancel = true;

        void EndWithInput() => new Thread(() =>
        {
            try
            {
                using var input = Console.OpenStandardInput();
                while (input.Read(new byte[256]) > 0)
                {
                }
            }
            catch (IOException)
            {
                // No input is an ended input.
            }

            ended.Set();
        })
        { IsBackground = true, Name = "End with input" }.Start();
    }
}
