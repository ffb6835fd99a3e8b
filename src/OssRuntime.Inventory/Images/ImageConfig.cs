using System.Text.Json;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>What is used of an image's configuration (OCI image spec, config.md).</summary>
internal static class ImageConfig
{
    /// <summary>What the image was built for; null where the configuration does not tell.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is no Unicode.</exception>
    public static Platform? PlatformOf(ReadOnlyMemory<byte> config)
    {
        using var json = JsonDocument.Parse(config);
        var root = json.RootElement;
        return root.ValueKind == JsonValueKind.Object && Text(root, "os") is { } os && Text(root, "architecture") is { } architecture
            ? new Platform(os, architecture, Text(root, "variant"))
            : null;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
