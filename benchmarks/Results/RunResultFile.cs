using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary><c>report.json</c>: a run's data, down to the iteration.</summary>
public static class RunResultFile
{
    private const int MaxReasonLength = 500;

    /// <summary>How a run is written and read.</summary>
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Named, because the schema may be asked for before anything was read or written.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // The file is no part of a page: a sentence stays as it was written.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ScenarioConverter(), new PageConverter(), new JsonStringEnumConverter() },
    };

    /// <summary>Writes a run, over an older file.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written there.</exception>
    public static void Write(RunResult run, string path) => AtomicFile.Write(path, JsonSerializer.Serialize(run, Options) + "\n");

    /// <summary>Reads a run.</summary>
    /// <exception cref="InvalidRunException">The file cannot be read, is broken, has an impossible figure, or follows another
    /// schema.</exception>
    public static RunResult Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            using var document = JsonDocument.Parse(text);
            CheckVersion(path, document.RootElement);
            RunResultCheck.Check(document.RootElement);
            return JsonSerializer.Deserialize<RunResult>(text, Options) ?? throw new JsonException("It holds null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRunException($"{path}: cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // A name in the file can hold anything.
            var reason = PrintableText.Escape(e.Message.ReplaceLineEndings(" "), MaxReasonLength);
            throw new InvalidRunException($"{path}: is no report.json of this program: {reason}");
        }
    }

    private static void CheckVersion(string path, JsonElement root)
    {
        var isObject = root.ValueKind == JsonValueKind.Object;
        if (!isObject || !root.TryGetProperty("schemaVersion", out var element) || !element.TryGetInt32(out var version))
            throw new JsonException("schemaVersion is missing.");
        if (version != RunResult.CurrentSchemaVersion)
        {
            throw new InvalidRunException(
                $"{path}: follows schema {version}; this program reads schema {RunResult.CurrentSchemaVersion}. Run the benchmarks again.");
        }
    }
}
