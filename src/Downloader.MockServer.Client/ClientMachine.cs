namespace Downloader.MockServer.Client;

/// <summary>The machine of a process, as the process reports it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">What tells it from other machines: on Linux the kernel's boot id, which containers and network namespaces share with
/// their host; elsewhere its name.</param>
/// <param name="Processors">How many logical processors the process may use.</param>
public sealed record ClientMachine(string Name, string Id, int Processors)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>The machine of this process.</summary>
    public static ClientMachine Current { get; } = new(Environment.MachineName, ReadId(), Environment.ProcessorCount);

    private static string ReadId()
    {
        try
        {
            return File.ReadAllText(BootIdFile).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.MachineName;
        }
    }
}
