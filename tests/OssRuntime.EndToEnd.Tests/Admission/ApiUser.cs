using System.Net;
using System.Net.Http.Headers;
using System.Text;
using k8s;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>Somebody with a client certificate who asks the API server as kubectl does, and sees its warnings.</summary>
internal sealed class ApiUser(string kubeconfig) : IDisposable
{
    private readonly k8s.Kubernetes _client = new(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));

    public Task<AdmissionAnswerSeen> CreateAsync(string path, string json, bool dryRun = false) => SendAsync(HttpMethod.Post, path, json, "application/json", dryRun);

    public Task<AdmissionAnswerSeen> MergeAsync(string path, string json, bool dryRun = false) => SendAsync(HttpMethod.Patch, path, json, "application/merge-patch+json", dryRun);

    public Task<AdmissionAnswerSeen> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, """{"gracePeriodSeconds":0}""", "application/json", false);

    public Task<AdmissionAnswerSeen> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, "", false);

    public void Dispose() => _client.Dispose();

    private async Task<AdmissionAnswerSeen> SendAsync(HttpMethod method, string path, string? json, string type, bool dryRun)
    {
        using var request = new HttpRequestMessage(method, new Uri(_client.BaseUri, dryRun ? path + "?dryRun=All" : path)) { Version = HttpVersion.Version20 };
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        }

        using var answer = await _client.HttpClient.SendAsync(request);
        return new AdmissionAnswerSeen(
            (int)answer.StatusCode,
            await answer.Content.ReadAsStringAsync(),
            answer.Headers.TryGetValues("Warning", out var warnings) ? [.. warnings] : []);
    }
}
