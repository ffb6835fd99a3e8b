using System.Text.Json;

namespace OssRuntime.Cli.Manifests;

/// <summary>
/// The images that Kubernetes manifests name: every <c>image</c> of an entry in <c>containers</c>, <c>initContainers</c> or
/// <c>ephemeralContainers</c>, in a resource of any kind.
/// </summary>
internal static class ManifestImages
{
    private static readonly string[] ContainerLists = ["containers", "initContainers", "ephemeralContainers"];

    /// <summary>The images of a file, or of every manifest below a folder, each once and in order.</summary>
    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not valid YAML; the message names file and line.</exception>
    public static IReadOnlyList<string> Find(string path) =>
        [.. YamlJson.ReadWithoutAliases(path).SelectMany(pair => Within(pair.Item)).Distinct(StringComparer.Ordinal)];

    /// <summary>The images of the containers that an object itself lists.</summary>
    public static IEnumerable<string> Of(JsonElement item) => item.ValueKind != JsonValueKind.Object
        ? []
        : item.EnumerateObject()
            .Where(member => ContainerLists.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(list => list.Value.EnumerateArray())
            .Select(container => container.Text("image"))
            .OfType<string>()
            .Where(image => image.Length > 0);

    private static IEnumerable<string> Within(JsonElement item) => Of(item).Concat(item.ValueKind switch
    {
        JsonValueKind.Object => item.EnumerateObject().SelectMany(member => Within(member.Value)),
        JsonValueKind.Array => item.EnumerateArray().SelectMany(Within),
        _ => [],
    });
}
