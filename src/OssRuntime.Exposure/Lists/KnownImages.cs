using System.Collections.Frozen;

namespace OssRuntime.Exposure.Lists;

/// <summary>What images are known to be, by a component of their repository's path: rows of <c>images.tsv</c>.</summary>
internal sealed class KnownImages(FrozenDictionary<string, string> byComponent)
{
    /// <summary>The component that makes it one, or null.</summary>
    /// <param name="image">The name in a pod's spec, such as <c>docker.io/cloudflare/cloudflared:2024.8.3</c>.</param>
    public string? Find(string image)
    {
        var path = image.AsSpan();
        var at = path.IndexOf('@');
        path = at < 0 ? path : path[..at];
        var lookup = byComponent.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in path.Split('/'))
        {
            var component = path[range];
            var colon = component.IndexOf(':');
            if (lookup.TryGetValue(colon < 0 ? component : component[..colon], out var name))
            {
                return name;
            }
        }

        return null;
    }
}
