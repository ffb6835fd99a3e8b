using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Operator.Admission;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>
/// The operator's own certificates come to their end, are lost, and are meddled with, while a real API server asks two replicas without pause. A call that fails lets in,
/// by the failure policy: so a bad image tells of each.
/// </summary>
[Collection(AdmissionCollection.Name)]
public sealed class CertificateLifeTests(AdmissionCluster cluster, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Name = "ossruntime-webhooks";
    private const string Host = $"{Name}.{AdmissionCluster.Namespace}.svc";
    private const string Secret = $"api/v1/namespaces/{AdmissionCluster.Namespace}/secrets/{Name}";
    private const string Configuration = $"apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/{Name}";

    // What an API server may hold that is behind.
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(5);

    private readonly ShiftedClock _clock = new() { Shift = -(WebhookCertificate.Life - WebhookCertificate.ReplaceBefore) };
    private readonly ConcurrentBag<string> _wrong = [];
    private readonly ConcurrentDictionary<string, int> _shown = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private string _bad = "";
    private int _answers;

    public async ValueTask InitializeAsync()
    {
        await cluster.PublishAsync(AdmissionCluster.Advisory("CVE-2021-1", "bad"));
        _bad = cluster.Push("certificates/bad", "1", "bad");
        await cluster.SpaceAsync("certificates");
        await cluster.Applier.ApplyAsync(
            "{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {name: certificates}, spec: {selector: {namespaces: [certificates]}, action: Deny, unknownImages: Deny, rules: [{name: severe, severity: Critical}]}}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await cluster.StopAllAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Certificate_and_authority_are_replaced_and_lost_under_load_and_no_call_fails()
    {
        // A year ago, nearly: by the operator's clock, so that the certificate is near its end by the API server's.
        cluster.Start(time: _clock);
        cluster.Start(time: _clock);
        await cluster.ServedByAsync(2);
        await SpineStage.EventuallyAsync(async () => await AskAsync() == "denied", "the image to be denied");
        var load = new[] { AskOnAsync(), AskOnAsync(), ConnectOnAsync() };
        await SpineStage.EventuallyAsync(() => Task.FromResult(_shown.Count == 1 && _answers > 20), "the first certificate to be shown");
        var first = _shown.Keys.Single();

        // It comes to its end: the API server trusts both authorities before the new certificate is shown.
        _clock.Shift = TimeSpan.Zero;
        await SpineStage.EventuallyAsync(async () => (await BundleAsync()).Count >= 2 && ThumbprintOf(await SecretAsync()) != first, "both authorities to be trusted");
        Assert.DoesNotContain(ThumbprintOf(await SecretAsync()), _shown.Keys);
        var second = ThumbprintOf(await SecretAsync());
        await ShownByBothAsync(second);

        // The Secret is lost: another certificate is made, and what is shown meanwhile is trusted on.
        Assert.Equal(200, (await cluster.Admin.DeleteAsync(Secret)).Code);
        await SpineStage.EventuallyAsync(async () => (await cluster.Admin.GetAsync(Secret)).Code == 200, "the Secret to be there again");
        var third = ThumbprintOf(await SecretAsync());
        Assert.NotEqual(second, third);
        await ShownByBothAsync(third);

        await _stop.CancelAsync();
        await Task.WhenAll(load);
        output.WriteLine($"{_answers} answers and {_shown.Values.Sum()} connections over three certificates, {_wrong.Count} wrong");
        Assert.Empty(_wrong.Distinct());
        Assert.Equal(3, _shown.Count);
    }

    [Fact]
    public async Task Whom_the_API_server_trusts_is_put_right_when_somebody_else_has_changed_it()
    {
        cluster.Start(time: new ShiftedClock());
        await cluster.ServedByAsync(1);
        await SpineStage.EventuallyAsync(async () => await AskAsync() == "denied", "the image to be denied");
        var (_, _, other) = WebhookCertificate.Make(Host, DateTimeOffset.UtcNow);
        foreach (var bundle in new[] { Convert.ToBase64String(other), "" })
        {
            var webhooks = JsonNode.Parse((await cluster.Admin.GetAsync(Configuration)).Text)!["webhooks"]!.DeepClone().AsArray();
            foreach (var webhook in webhooks)
            {
                webhook!["clientConfig"]!["caBundle"] = bundle;
            }

            Assert.Equal(200, (await cluster.Admin.MergeAsync(Configuration, new JsonObject { ["webhooks"] = webhooks }.ToJsonString())).Code);
            var secret = JsonNode.Parse((await cluster.Admin.GetAsync(Secret)).Text)!["data"]!["ca.crt"]!.GetValue<string>();
            await SpineStage.EventuallyAsync(
                async () => JsonNode.Parse((await cluster.Admin.GetAsync(Configuration)).Text)!["webhooks"]!.AsArray().All(webhook => webhook!["clientConfig"]!["caBundle"]?.GetValue<string>() == secret), "the bundle to be put right");
            await SpineStage.EventuallyAsync(async () => await AskAsync() == "denied", "the webhooks to be called again");
        }
    }

    // Both show it, and nothing else, to whoever connects.
    private async Task ShownByBothAsync(string thumbprint) => await SpineStage.EventuallyAsync(
        async () =>
        {
            foreach (var replica in cluster.Replicas)
            {
                if (await ConnectAsync(replica.Port) is not { } shown || shown.Thumbprint != thumbprint)
                {
                    return false;
                }
            }

            return true;
        },
        "the next certificate to be shown");

    private async Task AskOnAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var seen = await AskAsync();
            Interlocked.Increment(ref _answers);
            if (seen != "denied")
            {
                _wrong.Add(seen);
            }
        }
    }

    // An API server keeps its connections; one that comes anew, or comes again, looks at what it is shown.
    private async Task ConnectOnAsync()
    {
        var held = new List<(DateTimeOffset At, X509Certificate2Collection Bundle)>();
        while (!_stop.IsCancellationRequested)
        {
            held.Add((DateTimeOffset.UtcNow, await BundleAsync()));
            held.RemoveAll(entry => entry.At < DateTimeOffset.UtcNow - Behind);
            foreach (var replica in cluster.Replicas)
            {
                if (await ConnectAsync(replica.Port) is not { } shown)
                {
                    _wrong.Add("no connection");
                    continue;
                }

                _shown.AddOrUpdate(shown.Thumbprint, 1, (_, count) => count + 1);
                if (!held.TrueForAll(entry => Trusts(entry.Bundle, shown)))
                {
                    _wrong.Add($"{shown.Subject} of {shown.NotBefore} is not trusted");
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<X509Certificate2?> ConnectAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            X509Certificate2? shown = null;
            await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => (shown = new X509Certificate2(certificate!)) is not null);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Host });
            return shown;
        }
        catch (Exception error) when (error is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return null;
        }
    }

    private static bool Trusts(X509Certificate2Collection bundle, X509Certificate2 shown)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.AddRange(bundle);
        return chain.Build(shown) && shown.MatchesHostname(Host);
    }

    private async Task<X509Certificate2Collection> BundleAsync()
    {
        var bundle = new X509Certificate2Collection();
        var text = JsonNode.Parse((await cluster.Admin.GetAsync(Configuration)).Text)!["webhooks"]![0]!["clientConfig"]!["caBundle"]!.GetValue<string>();
        bundle.ImportFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(text)));
        return bundle;
    }

    private async Task<JsonNode> SecretAsync() => JsonNode.Parse((await cluster.Admin.GetAsync(Secret)).Text)!;

    private static string ThumbprintOf(JsonNode secret)
    {
        using var certificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(secret["data"]!["tls.crt"]!.GetValue<string>())));
        return certificate.Thumbprint;
    }

    private async Task<string> AskAsync() => (await cluster.Alice.CreateAsync("api/v1/namespaces/certificates/pods", cluster.Pod([_bad]), dryRun: true)).Decision;
}
