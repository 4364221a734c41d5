using System.Net;
using Downloader.MockServer.Client;

namespace Downloader.MockServer.Hosting;

/// <summary>The settings from the command line.</summary>
/// <param name="Scenario">The scenario at the start.</param>
/// <param name="Bind">The address to listen on.</param>
/// <param name="Port">The port of the main endpoint (HTTP/1.1); 0 for any free one, as for the other two.</param>
/// <param name="Http2Port">The port of the HTTP/2 endpoint.</param>
/// <param name="HttpsPort">The port of the HTTPS endpoint.</param>
/// <param name="RemoteControl">Whether other machines may use the control paths.</param>
/// <param name="EndWithInput">Whether the server ends when its standard input does.</param>
internal sealed record ServerSettings(
    Scenario Scenario,
    IPAddress Bind,
    int Port,
    int Http2Port,
    int HttpsPort,
    bool RemoteControl,
    bool EndWithInput);
