namespace Downloader.Benchmarks.Calibration;

/// <summary>Where the requests of a calibration come from.</summary>
public enum CalibrationSource
{
    /// <summary>They were sent by the calibration itself.</summary>
    Live,

    /// <summary>A HAR file that a browser recorded.</summary>
    Har,

    /// <summary>The access log of a web server.</summary>
    AccessLog,
}
