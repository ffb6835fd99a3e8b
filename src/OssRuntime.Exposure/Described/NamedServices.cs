using System.Text.Json;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Ways;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Described;

/// <summary>The Services that an object of an unknown kind names: by a field that is called after a service, a backend or the like, or by a host name of the cluster.</summary>
internal static class NamedServices
{
    private const int Deepest = 12;

    private static readonly string[] Words = ["service", "backend", "upstream", "destination", "target", "host", "url", "address", "endpoint", "server", "forward", "proxy"];

    /// <summary>The Services that are named, of those that are known.</summary>
    /// <param name="item">The object.</param>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="isKnown">Says whether a Service is known.</param>
    public static IEnumerable<ObjectKey> In(JsonElement item, string @namespace, Func<ObjectKey, bool> isKnown) =>
        Texts(item.At("spec"), "", false, 0)
            .SelectMany(found => Candidates(found.Text, found.Telling, @namespace))
            .Distinct()
            .Where(isKnown);

    private static IEnumerable<ObjectKey> Candidates(string text, bool telling, string @namespace)
    {
        if (BackendHost.OfHost(text, @namespace) is { } host && (telling || text.Contains(".svc", StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal)))
        {
            yield return host.Service;
        }

        if (telling && BackendHost.OfReference(text, @namespace) is { } reference)
        {
            yield return reference.Service;
        }
    }

    // A name tells of a Service where its own field or one above it is called so.
    private static IEnumerable<(string Text, bool Telling)> Texts(JsonElement item, string field, bool telling, int depth)
    {
        telling |= Array.Exists(Words, word => field.Contains(word, StringComparison.OrdinalIgnoreCase));
        return item.ValueKind switch
        {
            _ when depth > Deepest => [],
            JsonValueKind.String => [(item.GetString()!, telling)],
            JsonValueKind.Array => item.EnumerateArray().SelectMany(next => Texts(next, field, telling, depth + 1)),
            JsonValueKind.Object => item.EnumerateObject().SelectMany(next => Texts(next.Value, next.Name, telling, depth + 1)),
            _ => [],
        };
    }
}
