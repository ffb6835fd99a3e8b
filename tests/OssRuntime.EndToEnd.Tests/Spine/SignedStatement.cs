using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>A VEX statement on an image, signed and attached as <c>cosign attest</c> does it.</summary>
internal static class SignedStatement
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Type = "https://openvex.dev/ns/v0.2.0";

    /// <summary>Says of a flaw in a package that an image is not affected.</summary>
    public static async Task AttachAsync(string registry, string repository, string tag, SigningKey key, string flaw, string package)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{registry}/v2/{repository}/") };
        using var asked = new HttpRequestMessage(HttpMethod.Head, $"manifests/{tag}");
        asked.Headers.TryAddWithoutValidation("Accept", $"{Manifest}, application/vnd.docker.distribution.manifest.v2+json");
        using var found = await http.SendAsync(asked);
        var digest = found.Headers.GetValues("Docker-Content-Digest").Single();
        var envelope = key.Envelope($$$"""
            {"_type":"https://in-toto.io/Statement/v1","predicateType":"{{{Type}}}","subject":[{"name":"{{{repository}}}","digest":{"sha256":"{{{digest["sha256:".Length..]}}}"}}],
            "predicate":{"@context":"{{{Type}}}","@id":"test","timestamp":"2026-11-01T00:00:00Z","statements":[
            {"vulnerability":{"name":"{{{flaw}}}"},"products":[{"@id":"{{{package}}}"}],"status":"not_affected","justification":"vulnerable_code_not_in_execute_path"}]}}
            """).ToJsonString();
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Manifest,
            ["config"] = await PushAsync(http, "application/vnd.oci.image.config.v1+json", "{}"),
            ["layers"] = new JsonArray(await PushAsync(http, "application/vnd.dsse.envelope.v1+json", envelope)),
        };
        using var content = Content(Encoding.UTF8.GetBytes(manifest.ToJsonString()), Manifest);
        using var put = await http.PutAsync(new Uri($"manifests/{digest.Replace(':', '-')}.att", UriKind.Relative), content);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    private static async Task<JsonObject> PushAsync(HttpClient http, string mediaType, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var digest = ImageBuilder.DigestOf(bytes);
        using var begun = await http.PostAsync(new Uri("blobs/uploads/", UriKind.Relative), null);
        var place = new Uri(http.BaseAddress!, begun.Headers.Location!);
        using var content = Content(bytes, "application/octet-stream");
        using var put = await http.PutAsync(new Uri($"{place}{(place.Query.Length == 0 ? '?' : '&')}digest={Uri.EscapeDataString(digest)}"), content);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        return new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = bytes.Length };
    }

    private static ByteArrayContent Content(byte[] bytes, string mediaType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }
}
