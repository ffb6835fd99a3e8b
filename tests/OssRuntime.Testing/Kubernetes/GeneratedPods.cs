using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>
/// A cluster of as many pods as wished, sent as an API server sends them: two containers, managed fields and all, about 7.4 kB each. They are made
/// while they are sent and cost the server next to no memory, so that a test can measure the client in the same process.
/// </summary>
public sealed class GeneratedPods
{
    private const string Digits = "#######";
    private readonly byte[] _template;
    private readonly int[] _places;
    private readonly int _count;
    private readonly int _podsPerImage;

    /// <summary>Creates a cluster in which each image runs in so many pods.</summary>
    public GeneratedPods(int count, int podsPerImage)
    {
        _count = count;
        _podsPerImage = podsPerImage;
        var text = Template();
        _template = Encoding.ASCII.GetBytes(text);
        _places = [.. Enumerable.Range(0, text.Length - Digits.Length).Where(i => string.CompareOrdinal(text, i, Digits, 0, Digits.Length) == 0)];
    }

    /// <summary>The size of one pod in bytes.</summary>
    public int PodBytes => _template.Length;

    /// <summary>Answers a list, by pages if it has a limit and <paramref name="pages"/> is wished: the watch cache of older servers knows none.</summary>
    public Fault Answer(bool pages) => Fault.Custom((context, stop) => WriteAsync(context, pages, stop));

    private async Task WriteAsync(HttpContext context, bool pages, CancellationToken stop)
    {
        var query = context.Request.Query;
        var first = query.TryGetValue("continue", out var token) ? int.Parse(token.ToString(), CultureInfo.InvariantCulture) : 0;
        var limit = pages && query.TryGetValue("limit", out var asked) ? int.Parse(asked.ToString(), CultureInfo.InvariantCulture) : _count;
        var end = Math.Min(_count, first + limit);
        var more = end < _count ? $",\"continue\":\"{end}\"" : "";
        context.Response.ContentType = "application/json";
        var writer = context.Response.BodyWriter;
        writer.Write(Encoding.ASCII.GetBytes($"{{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{{\"resourceVersion\":\"77\"{more}}},\"items\":["));
        for (var i = first; i < end; i++)
        {
            var span = writer.GetSpan(_template.Length + 1);
            span[0] = (byte)',';
            Write(i, i == first ? span : span[1..]);
            writer.Advance(i == first ? _template.Length : _template.Length + 1);
            if (i % 8 == 0)
            {
                await writer.FlushAsync(stop);
            }
        }

        writer.Write("]}"u8);
        await writer.FlushAsync(stop);
    }

    // The first places are the image's number, the others the pod's.
    private void Write(int number, Span<byte> span)
    {
        _template.CopyTo(span);
        for (var i = 0; i < _places.Length; i++)
        {
            (i < 4 ? number / _podsPerImage : number).TryFormat(span.Slice(_places[i], Digits.Length), out _, "D7", CultureInfo.InvariantCulture);
        }
    }

    private static string Template()
    {
        var text = new StringBuilder("{\"metadata\":{\"annotations\":{\"kubernetes.io/config.source\":\"api\",\"checksum/config\":\"").Append('c', 64).Append("\"},");
        text.Append("\"spec-comment\":\"images first\"},\"status\":{\"phase\":\"Running\",\"conditions\":[");
        foreach (var condition in (string[])["Initialized", "Ready", "ContainersReady", "PodScheduled"])
        {
            text.Append($"{{\"type\":\"{condition}\",\"status\":\"True\",\"lastProbeTime\":null,\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}},");
        }

        text.Length--;
        text.Append("],\"hostIP\":\"10.0.0.1\",\"podIP\":\"10.1.2.3\",\"podIPs\":[{\"ip\":\"10.1.2.3\"}],\"startTime\":\"2026-01-01T00:00:00Z\",\"containerStatuses\":[");
        foreach (var name in (string[])["app", "sidecar"])
        {
            var digest = new string(name[0], 57);
            text.Append($"{{\"name\":\"{name}\",\"state\":{{\"running\":{{\"startedAt\":\"2026-01-01T00:00:00Z\"}}}},\"lastState\":{{}},\"ready\":true,\"restartCount\":0,");
            text.Append($"\"image\":\"registry.local/{name}/{Digits}:1.0\",\"imageID\":\"registry.local/{name}@sha256:{digest}{Digits}\",");
            text.Append($"\"containerID\":\"containerd://{new string('d', 64)}\",\"started\":true}},");
        }

        text.Length--;
        text.Append("],\"qosClass\":\"Burstable\"},");
        text.Append("\"spec\":{\"nodeName\":\"node-1\",\"serviceAccountName\":\"default\",\"containers\":[");
        foreach (var name in (string[])["app", "sidecar"])
        {
            text.Append($"{{\"name\":\"{name}\",\"image\":\"registry.local/{name}:1.0\",\"env\":[");
            for (var i = 0; i < 12; i++)
            {
                text.Append($"{{\"name\":\"SETTING_NUMBER_{i}\",\"value\":\"the value of setting {i}\"}},");
            }

            text.Length--;
            text.Append("],\"resources\":{\"limits\":{\"memory\":\"256Mi\"},\"requests\":{\"cpu\":\"100m\",\"memory\":\"128Mi\"}},\"imagePullPolicy\":\"IfNotPresent\"},");
        }

        text.Length--;
        text.Append($"],\"restartPolicy\":\"Always\",\"tolerations\":[{{\"key\":\"node.kubernetes.io/not-ready\",\"operator\":\"Exists\"}}]}},");
        text.Append("\"managedFields-of-a-real-server\":\"").Append('m', 2600).Append("\",");
        text.Replace("{\"metadata\":{\"annotations\"", "{\"unused\":{\"annotations\"");
        text.Append($"\"metadata\":{{\"name\":\"web-{Digits}-x7k2p\",\"generateName\":\"web-\",\"namespace\":\"team\",\"uid\":\"9a8b7c6d-0000-4000-8000-00000{Digits}\",");
        text.Append($"\"resourceVersion\":\"{Digits}\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"labels\":{{\"app\":\"web\",\"pod-template-hash\":\"5d4f\"}},");
        text.Append($"\"ownerReferences\":[{{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"web-5d4f\",\"uid\":\"11111111-2222-3333-4444-555555555555\",\"controller\":true}}]}}}}");
        return text.ToString();
    }
}
