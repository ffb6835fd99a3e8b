using System.Collections.Immutable;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.BaseImages;

/// <summary>
/// Images that others are built on, by their layers: a text with a line for each image, its name and the digests of its layers, the lowest first, with blanks
/// between. Empty lines and those that begin with <c>#</c> count for nothing.
/// </summary>
public sealed class KnownBaseImages
{
    /// <summary>None.</summary>
    public static readonly KnownBaseImages None = new([]);

    private const int LargestFile = 16 << 20;

    private readonly ImmutableArray<(string Name, ImmutableArray<Digest> Layers)> _images;

    private KnownBaseImages(ImmutableArray<(string Name, ImmutableArray<Digest> Layers)> images)
    {
        _images = images;
        Version = images.IsEmpty ? "" : Fingerprint(images);
    }

    /// <summary>Names the content: inventories made with another one are made anew. Empty for none.</summary>
    public string Version { get; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="FormatException">It cannot be read, or a line is invalid; the message says which.</exception>
    public static KnownBaseImages ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile ? Parse(File.ReadAllText(path)) : throw new FormatException("it is too large");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new FormatException($"'{path}' lists no base images: {e.Message}", e);
        }
    }

    /// <summary>Reads the text.</summary>
    /// <exception cref="FormatException">A line is invalid.</exception>
    public static KnownBaseImages Parse(string text)
    {
        var images = ImmutableArray.CreateBuilder<(string, ImmutableArray<Digest>)>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            var layers = words.Skip(1).Select(word => Digest.TryParse(word, out var digest) ? digest : throw new FormatException($"line {number}: '{word}' is not a digest"));
            images.Add((words[0], [.. layers]));
            if (images[^1].Item2.IsEmpty)
            {
                throw new FormatException($"line {number}: '{words[0]}' has no layers");
            }
        }

        return new KnownBaseImages(images.ToImmutable());
    }

    /// <summary>The image with the most layers that these layers begin with; null where there is none.</summary>
    internal (string Name, int Layers)? Find(IReadOnlyList<Digest> layers)
    {
        (string Name, int Layers)? best = null;
        foreach (var (name, known) in _images)
        {
            if (known.Length <= layers.Count && known.Length > (best?.Layers ?? 0) && known.SequenceEqual(layers.Take(known.Length)))
            {
                best = (name, known.Length);
            }
        }

        return best;
    }

    private static string Fingerprint(ImmutableArray<(string Name, ImmutableArray<Digest> Layers)> images)
    {
        var text = string.Join('\n', images.Select(i => $"{i.Name} {string.Join(' ', i.Layers.Select(l => l.Value))}"));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
