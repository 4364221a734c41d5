using System.Runtime.InteropServices;
using Downloader.MockServer.Hosting;

namespace Downloader.MockServer;

/// <summary>A run of the server, from its start to the signal, or the end of standard input, that ends it.</summary>
internal static class MockServerRun
{
    /// <summary>Returns the exit code.</summary>
    public static int RunUntilShutdown(ServerSettings settings)
    {
        using var shutdown = new ManualResetEventSlim();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, settings.EndWithInput ? Ignore : ShutDown);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, ShutDown);
        if (settings.EndWithInput) new Thread(WaitForEndOfInput) { IsBackground = true, Name = "End with input" }.Start();

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

        shutdown.Wait();
        return 0;

        void ShutDown(PosixSignalContext signal)
        {
            signal.Cancel = true;
            shutdown.Set();
        }

        // Ctrl-C reaches all processes of a terminal. The process that started this server decides when it is no longer needed.
        static void Ignore(PosixSignalContext signal) => signal.Cancel = true;

        void WaitForEndOfInput()
        {
            try
            {
                using var input = Console.OpenStandardInput();
                input.CopyTo(Stream.Null);
            }
            catch (IOException)
            {
                // Standard input is unreadable; treat it as closed.
            }

            shutdown.Set();
        }
    }
}
