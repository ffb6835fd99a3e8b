using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace OssRuntime.Stage.Workloads;

/// <summary>Applies YAML documents of any kind that the API server knows, in their order, as <c>kubectl apply --server-side</c> does.</summary>
public sealed partial class ManifestApplier(k8s.Kubernetes client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly IDeserializer Reader = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();

    /// <summary>Whether the server only says what it would do.</summary>
    public bool DryRun { get; init; }

    private readonly Dictionary<string, JsonElement> _kinds = new(StringComparer.Ordinal);

    /// <summary>Applies each document of a file's text.</summary>
    /// <param name="text">One or more documents, each with <c>apiVersion</c>, <c>kind</c> and <c>metadata.name</c>.</param>
    /// <param name="cancellationToken">Ends it; what was applied stays.</param>
    /// <returns>What was applied, like <c>Deployment shop/catalog</c>.</returns>
    /// <exception cref="StageException">The API server refused a document, or does not know its kind; the message says why.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(string text, CancellationToken cancellationToken = default)
    {
        var applied = new List<string>();
        foreach (var document in Separator().Split(text).Where(document => document.Split('\n').Any(line => line.Length > 0 && line[0] != '#')))
            applied.Add(await ApplyOneAsync(document, cancellationToken));
        return applied;
    }

    private async Task<string> ApplyOneAsync(string document, CancellationToken cancellationToken)
    {
        var manifest = Reader.Deserialize<Manifest>(document);
        var kind = await KindAsync(manifest.ApiVersion, manifest.Kind, cancellationToken);
        var scope = kind.GetProperty("namespaced").GetBoolean() ? $"namespaces/{manifest.Metadata.Namespace ?? "default"}/" : "";
        var path =
            $"{Root(manifest.ApiVersion)}/{scope}{kind.GetProperty("name").GetString()}/{manifest.Metadata.Name}?fieldManager=stage&force=true{(DryRun ? "&dryRun=All" : "")}";
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(document));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
            using var answer = await SendAsync(HttpMethod.Patch, path, body, cancellationToken);
            if (answer.IsSuccessStatusCode)
                return manifest.ToString();
            var reason = await MessageAsync(answer, cancellationToken);
            if (!IsTooEarly(reason) || Stopwatch.GetElapsedTime(began) > Patience)
                throw new StageException($"{manifest} was refused: {reason}");
            await Task.Delay(100, cancellationToken);
        }
    }

    // A controller makes a new namespace's service account and, before 1.24, its token; a pod that comes before them is refused.
    // The status is 403 for the one and 500 for the other.
    private static bool IsTooEarly(string reason) =>
        reason.Contains("No API token found for service account", StringComparison.Ordinal)
        || reason.Contains("error looking up service account", StringComparison.Ordinal);

    // A kind that a custom resource definition brings is served a moment after the definition was accepted.
    private async Task<JsonElement> KindAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        var key = $"{apiVersion} {kind}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (!_kinds.ContainsKey(key))
        {
            using var answer = await SendAsync(HttpMethod.Get, Root(apiVersion), null, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                using var listing = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
                foreach (var resource in listing.RootElement.GetProperty("resources").EnumerateArray().Where(resource => !resource.GetProperty("name").GetString()!.Contains('/', StringComparison.Ordinal)))
                    _kinds[$"{apiVersion} {resource.GetProperty("kind").GetString()}"] = resource.Clone();
            }

            if (!_kinds.ContainsKey(key) && limit.IsCancellationRequested)
                throw new StageException($"The API server knows no kind {kind} in {apiVersion}.");
            if (!_kinds.ContainsKey(key))
                await Task.Delay(200, cancellationToken);
        }

        return _kinds[key];
    }

    private static string Root(string apiVersion) => apiVersion.Contains('/', StringComparison.Ordinal) ? $"apis/{apiVersion}" : $"api/{apiVersion}";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(client.BaseUri, path)) { Version = HttpVersion.Version20, Content = body };
        if (client.Credentials is not null)
            await client.Credentials.ProcessHttpRequestAsync(request, cancellationToken);
        return await client.HttpClient.SendAsync(request, cancellationToken);
    }

    private static async Task<string> MessageAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var status = JsonDocument.Parse(text);
            return status.RootElement.GetProperty("message").GetString() ?? text;
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException)
        {
            return $"{(int)answer.StatusCode} {text}";
        }
    }

    [GeneratedRegex(@"^---\s*$", RegexOptions.Multiline)]
    private static partial Regex Separator();
}
