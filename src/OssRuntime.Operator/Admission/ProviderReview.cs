using System.Buffers;
using System.Text.Json;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Answers Gatekeeper's External Data requests (<c>externaldata.gatekeeper.sh/v1beta1</c> ProviderRequest): each key is a namespace and an image with a
/// blank between, each value what is said of a pod with it there: <c>{"action":"Deny","message":"…"}</c>, with the action Deny, Warn or Allow.
/// </summary>
internal sealed class ProviderReview(AdmissionJudge judge)
{
    private const string Version = "externaldata.gatekeeper.sh/v1beta1";
    private const int MostKeys = 2_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>The answer to a request.</summary>
    /// <exception cref="JsonException">It is no request.</exception>
    public ReadOnlyMemory<byte> Answer(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        using var document = JsonDocument.Parse(body, Options);
        var root = document.RootElement;
        if (ReviewReader.Text(root, "apiVersion") != Version || ReviewReader.Text(root, "kind") != "ProviderRequest"
            || ReviewReader.Member(ReviewReader.Member(root, "request"), "keys") is not { ValueKind: JsonValueKind.Array } keys)
        {
            throw new JsonException($"this is no ProviderRequest of {Version} with keys");
        }

        if (keys.GetArrayLength() > MostKeys)
        {
            throw new JsonException($"the request has more than {MostKeys} keys");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("apiVersion", Version);
        json.WriteString("kind", "ProviderResponse");
        json.WriteStartObject("response");
        json.WriteBoolean("idempotent", true);
        json.WriteStartArray("items");
        foreach (var key in keys.EnumerateArray())
        {
            cancel.ThrowIfCancellationRequested();
            Write(json, key.ValueKind == JsonValueKind.String ? key.GetString()! : key.GetRawText(), cancel);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void Write(Utf8JsonWriter json, string key, CancellationToken cancel)
    {
        var blank = key.IndexOf(' ', StringComparison.Ordinal);
        json.WriteStartObject();
        json.WriteString("key", key);
        if (blank <= 0 || blank == key.Length - 1)
        {
            json.WriteString("error", "a key is a namespace and an image, with a blank between");
        }
        else
        {
            var answer = judge.Decide(RequestOf(key[..blank], key[(blank + 1)..]), cancel);
            json.WriteStartObject("value");
            json.WriteString("action", !answer.Allowed ? "Deny" : answer.Warnings.IsEmpty ? "Allow" : "Warn");
            json.WriteString("message", answer.Allowed ? string.Join("; ", answer.Warnings) : answer.Message);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static AdmissionRequest RequestOf(string @namespace, string image) => new()
    {
        Uid = "",
        Kind = "Pod",
        Operation = "CREATE",
        Namespace = @namespace,
        Pod = new PodView
        {
            Key = new(@namespace, ""),
            Uid = "",
            ResourceVersion = "",
            // Nobody says whose pod it is: no secret is used for it.
            ServiceAccount = "",
            Containers = [new PodContainer("", ContainerClass.Container, image, "", null)],
        },
    };
}
