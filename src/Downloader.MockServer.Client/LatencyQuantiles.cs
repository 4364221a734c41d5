namespace Downloader.MockServer.Client;

/// <summary>A distribution of latencies as a table: quantiles at evenly spaced probabilities. The first is the minimum, the last the
/// maximum; five values are the minimum, the three quartiles and the maximum.</summary>
public sealed class LatencyQuantiles : IEquatable<LatencyQuantiles>
{
    /// <summary>The fewest values of a table.</summary>
    public const int MinValues = 2;

    /// <summary>The most values of a table.</summary>
    public const int MaxValues = 1_001;

    /// <summary>The smallest value: between two values the table is interpolated on their logarithms.</summary>
    public static readonly TimeSpan MinLatency = TimeSpan.FromMicroseconds(1);

    private readonly TimeSpan[] _values;

    /// <summary>A table of these values.</summary>
    /// <param name="values">2 to 1,001 values between a microsecond and <see cref="Scenario.MaxLatency"/>, none below the one
    /// before.</param>
    /// <exception cref="ArgumentException">The values are no such table.</exception>
    public LatencyQuantiles(IEnumerable<TimeSpan> values)
    {
        _values = [.. values];
        if (!IsTable(_values)) throw new ArgumentException("These values are no table of quantiles.", nameof(values));
    }

    /// <summary>The values, from the minimum to the maximum.</summary>
    public IReadOnlyList<TimeSpan> Values => _values;

    /// <summary>The quantile of one half.</summary>
    public TimeSpan Median => At(0.5);

    /// <summary>The mean of the distribution.</summary>
    public TimeSpan Mean
    {
        get
        {
            var sum = TimeSpan.Zero;
            for (var index = 1; index < _values.Length; index++) sum += MeanBetween(_values[index - 1], _values[index]);
            return sum / (_values.Length - 1);
        }
    }

    /// <summary>Whether these values are a table.</summary>
    public static bool IsTable(IReadOnlyList<TimeSpan> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count is < MinValues or > MaxValues || values[0] < MinLatency || values[^1] > Scenario.MaxLatency) return false;
        return Enumerable.Range(1, values.Count - 1).All(index => values[index] >= values[index - 1]);
    }

    /// <summary>The quantile of a probability, interpolated linearly on the logarithm.</summary>
    /// <param name="probability">0 to 1.</param>
    public TimeSpan At(double probability)
    {
        var position = Math.Clamp(probability, 0, 1) * (_values.Length - 1);
        var lower = Math.Min((int)position, _values.Length - 2);
        var (from, to) = (_values[lower], _values[lower + 1]);
        return from * Math.Pow(to / from, position - lower);
    }

    /// <summary>A table from text: milliseconds, separated by commas; null for text that is none.</summary>
    internal static LatencyQuantiles? Parse(string text)
    {
        var words = text.Split(',');
        if (words.Length > MaxValues) return null;
        var values = new List<TimeSpan>(words.Length);
        foreach (var word in words)
        {
            if (OptionValues.ParseMilliseconds(word) is not { } value) return null;
            values.Add(value);
        }

        return IsTable(values) ? new LatencyQuantiles(values) : null;
    }

    /// <summary>The table as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Join(',', _values.Select(OptionValues.FormatMilliseconds));

    /// <summary>The mean of what lies between two quantiles: its logarithm is spread evenly.</summary>
    private static TimeSpan MeanBetween(TimeSpan from, TimeSpan to)
    {
        var ratio = to / from;
        // Near 1 the logarithm loses its digits, and the middle is as exact.
        return ratio < 1 + 1e-6 ? (from + to) / 2 : (to - from) / Math.Log(ratio);
    }

    /// <inheritdoc/>
    public bool Equals(LatencyQuantiles? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LatencyQuantiles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_values.Length, _values[0], _values[^1]);
}
