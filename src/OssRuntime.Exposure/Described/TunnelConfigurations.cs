using System.Text.Json;
using System.Text.RegularExpressions;
using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Ways;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Described;

/// <summary>The Services that the configuration of a tunnel's client names: <c>service: http://web.shop:80</c> of cloudflared, <c>addr:</c> of ngrok.</summary>
internal static partial class TunnelConfigurations
{
    /// <summary>The way that a ConfigMap opens; null where it names no Service.</summary>
    public static WayView? Of(JsonElement item, ObjectKey key)
    {
        var data = item.At("data");
        if (data.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        WayBackend[] backends =
        [
            .. data.EnumerateObject().Select(entry => entry.Value.Text()).OfType<string>()
                .SelectMany(text => Entry().EnumerateMatches(text).ToTexts(text))
                .Select(match => BackendHost.OfHost(match[(match.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Trim('"', '\''), key.Namespace))
                .OfType<WayBackend>().Distinct().Take(WayView.MostNamed),
        ];
        return backends.Length == 0 ? null : new WayView(new ViewMetadata(key.Name, key.Namespace, null, null, null), KnownKinds.UnderstoodById["ConfigMap"]) { Backends = [.. backends], IsRoot = true };
    }

    private static List<string> ToTexts(this Regex.ValueMatchEnumerator matches, string text)
    {
        var found = new List<string>();
        foreach (var match in matches)
        {
            found.Add(text.Substring(match.Index, match.Length));
        }

        return found;
    }

    [GeneratedRegex(@"(?:service|addr)[""']?:\s*[""']?(?:https?|tcp|tls|ssh)://[^\s""'#,}]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Entry();
}
