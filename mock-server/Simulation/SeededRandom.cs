namespace Downloader.MockServer.Simulation;

/// <summary>Random numbers by index: the k-th number of a seed is the same on every machine, in whichever order they are read.</summary>
/// <remarks>SplitMix64, whose state is a plain counter: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// Its finaliser is that of Stafford's Mix13.</remarks>
internal readonly struct SeededRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private const double Step = 1.0 / (1L << 53);
    private readonly ulong _start;

    /// <param name="seed">Chosen by the user.</param>
    /// <param name="stream">Numbers for different purposes do not depend on each other.</param>
    public SeededRandom(int seed, int stream) => _start = Mix(((ulong)(uint)stream << 32 | (uint)seed) + GoldenGamma);

    /// <summary>The k-th number, in [0, 1), in steps of 2⁻⁵³.</summary>
    public double GetDouble(long k) => (GetBits(k) >> 11) * Step;

    /// <summary>The k-th number, 64 random bits.</summary>
    public ulong GetBits(long k) => Mix(_start + (unchecked((ulong)k + 1) * GoldenGamma));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
