using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace OssRuntime.Stage.Pods;

/// <summary>
/// All pods of a cluster, then each change. Written without the product's own watch on purpose: the stage must not fall with what it tests.
/// </summary>
internal sealed class PodWatch(k8s.Kubernetes client)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Each pod as it is now, and again each time it changes; null for a pod that is gone. Never ends by itself.</summary>
    public async IAsyncEnumerable<(string Key, V1Pod? Pod)> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            if (await TryListAsync(cancellationToken) is not { } list)
            {
                await Task.Delay(Pause, cancellationToken);
                continue;
            }

            foreach (var gone in known.Except(list.Items.Select(Key)).ToArray())
            {
                known.Remove(gone);
                yield return (gone, null);
            }

            foreach (var pod in list.Items)
            {
                known.Add(Key(pod));
                yield return (Key(pod), pod);
            }

            // Whatever ends a watch, a new list makes up for what was missed.
            await foreach (var (deleted, pod) in ChangesAsync(list.ResourceVersion(), cancellationToken))
            {
                if (deleted)
                    known.Remove(Key(pod));
                else
                    known.Add(Key(pod));
                yield return (Key(pod), deleted ? null : pod);
            }
        }
    }

    public static string Key(V1Pod pod) => $"{pod.Namespace()}/{pod.Name()}";

    private async Task<V1PodList?> TryListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.CoreV1.ListPodForAllNamespacesAsync(cancellationToken: cancellationToken);
        }
        catch (Exception failed) when (failed is HttpOperationException or HttpRequestException)
        {
            return null;
        }
    }

    private async IAsyncEnumerable<(bool Deleted, V1Pod Pod)> ChangesAsync(string version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await OpenAsync(version, cancellationToken);
        if (answer is null)
            yield break;
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await ReadAsync(reader, cancellationToken) is { } line)
        {
            using var change = JsonDocument.Parse(line);
            var type = change.RootElement.GetProperty("type").GetString();
            if (type is not ("ADDED" or "MODIFIED" or "DELETED"))
                yield break;
            yield return (type == "DELETED", KubernetesJson.Deserialize<V1Pod>(change.RootElement.GetProperty("object")));
        }
    }

    private async Task<HttpResponseMessage?> OpenAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            var path = new Uri(client.BaseUri, $"api/v1/pods?watch=true&timeoutSeconds=300&resourceVersion={version}");
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = System.Net.HttpVersion.Version20 };
            if (client.Credentials is not null)
                await client.Credentials.ProcessHttpRequestAsync(request, cancellationToken);
            var answer = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.IsSuccessStatusCode)
                return answer;
            answer.Dispose();
        }
        catch (HttpRequestException)
        {
            // The list that follows waits until the server is back.
        }

        await Task.Delay(Pause, cancellationToken);
        return null;
    }

    private static async Task<string?> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return null;
        }
    }
}
