using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Manifests;

/// <summary>What is used of an image's configuration (OCI image spec, config.md).</summary>
/// <param name="Platform">What the image was built for; null where the configuration does not tell.</param>
/// <param name="History">The steps that made it, the first one first.</param>
internal sealed record ImageConfig(Platform? Platform, ImmutableArray<HistoryStep> History)
{
    /// <summary>A configuration that says nothing.</summary>
    public static readonly ImageConfig Empty = new(null, []);

    private const int MostSteps = 4096;
    private const int LongestStep = 300;

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is no Unicode.</exception>
    public static ImageConfig Parse(ReadOnlyMemory<byte> config)
    {
        using var json = JsonDocument.Parse(config);
        return Of(json.RootElement);
    }

    /// <summary>Reads a configuration that is JSON already.</summary>
    /// <exception cref="InvalidOperationException">A text in it is no Unicode.</exception>
    public static ImageConfig Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Empty;
        }

        var platform = Text(root, "os") is { } os && Text(root, "architecture") is { } architecture ? new Platform(os, architecture, Text(root, "variant")) : null;
        var history = root.TryGetProperty("history", out var steps) && steps.ValueKind == JsonValueKind.Array && steps.GetArrayLength() <= MostSteps
            ? steps.EnumerateArray().Where(step => step.ValueKind == JsonValueKind.Object).Select(Step)
            : [];
        return new ImageConfig(platform, [.. history]);
    }

    private static HistoryStep Step(JsonElement step)
    {
        var createdBy = Text(step, "created_by") ?? "";
        var printable = createdBy.AsSpan(0, Math.Min(createdBy.Length, LongestStep)).ToArray();
        for (var i = 0; i < printable.Length; i++)
        {
            printable[i] = char.IsControl(printable[i]) ? ' ' : printable[i];
        }

        // A pair of surrogates may have been cut apart.
        var text = printable.Length > 0 && char.IsHighSurrogate(printable[^1]) ? new string(printable[..^1]) : new string(printable);
        return new HistoryStep(text, !step.TryGetProperty("empty_layer", out var empty) || empty.ValueKind != JsonValueKind.True);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
