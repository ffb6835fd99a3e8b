using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OssRuntime.Cli.Manifests;

/// <summary>
/// Finds the images that Kubernetes manifests name: every <c>image</c> of an entry in <c>containers</c>, <c>initContainers</c> or
/// <c>ephemeralContainers</c>, in a resource of any kind, YAML or JSON, one document or many. Events are read one by one, so that aliases are
/// never expanded.
/// </summary>
internal static class ManifestImages
{
    private const int DeepestNesting = 200;
    private static readonly string[] ContainerLists = ["containers", "initContainers", "ephemeralContainers"];
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>The images of a file, or of every manifest below a folder, each once and in order.</summary>
    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is no YAML; the message names file and line.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        IEnumerable<string> files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => Extensions.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal)
            : [path];
        var images = new List<string>();
        foreach (var file in files)
        {
            using var reader = File.OpenText(file);
            try
            {
                images.AddRange(Read(reader).Where(image => !images.Contains(image)));
            }
            catch (YamlException error)
            {
                throw new InvalidDataException($"{file}, line {error.Start.Line}: {error.Message}", error);
            }
        }

        return images;
    }

    private static List<string> Read(TextReader reader)
    {
        var images = new List<string>();
        var parser = new Parser(reader);
        var nesting = new Stack<Level>();
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart:
                case SequenceStart:
                    if (nesting.Count == DeepestNesting)
                    {
                        throw new YamlException(parser.Current.Start, parser.Current.End, $"nested deeper than {DeepestNesting}");
                    }

                    nesting.Push(new Level(parser.Current is MappingStart, KeyOf(nesting)));
                    break;
                case MappingEnd:
                case SequenceEnd:
                    nesting.Pop();
                    Close(nesting);
                    break;
                case Scalar scalar:
                    if (IsImage(nesting) && scalar.Value.Length > 0 && !images.Contains(scalar.Value))
                    {
                        images.Add(scalar.Value);
                    }

                    Take(nesting, scalar.Value);
                    break;
                case AnchorAlias:
                    Take(nesting, "");
                    break;
            }
        }

        return images;
    }

    /// <summary>In the value of <c>image</c>, in a mapping, in a list that a container key names?</summary>
    private static bool IsImage(Stack<Level> nesting)
    {
        var levels = nesting.Take(2).ToArray();
        return levels is [{ IsMapping: true, Key: "image" }, { IsMapping: false } list] && ContainerLists.Contains(list.Name);
    }

    private static string? KeyOf(Stack<Level> nesting) => nesting.TryPeek(out var top) && top.IsMapping ? top.Key : null;

    /// <summary>A scalar is a mapping's key or completes the entry of one.</summary>
    private static void Take(Stack<Level> nesting, string value)
    {
        if (nesting.TryPeek(out var top) && top.IsMapping)
        {
            top.Key = top.Key is null ? value : null;
        }
    }

    private static void Close(Stack<Level> nesting)
    {
        if (nesting.TryPeek(out var top) && top.IsMapping)
        {
            top.Key = null;
        }
    }

    private sealed class Level(bool isMapping, string? name)
    {
        public bool IsMapping { get; } = isMapping;

        public string? Name { get; } = name;

        public string? Key { get; set; }
    }
}
