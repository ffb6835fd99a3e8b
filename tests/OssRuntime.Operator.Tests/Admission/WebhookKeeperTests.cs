using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Hosting;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>Certificates and trust, and the webhooks over TLS.</summary>
public sealed class WebhookKeeperTests : IAsyncLifetime
{
    private const string Host = "ossruntime-webhooks.ossruntime.svc";

    private readonly StepClock _clock = new();
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private CallerPaths _paths = null!;

    public async ValueTask InitializeAsync()
    {
        _clock.SetUtcNow(DateTimeOffset.UtcNow);
        _paths = new CallerPaths(new SealKeys(new byte[32]), _clock);
        _server = await FakeApiServer.StartAsync(
            _clock,
            new FakeKind("", "v1", "secrets", "Secret", true),
            new FakeKind("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false),
            new FakeKind("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false));
        _server.Create("validatingwebhookconfigurations", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "ossruntime-webhooks" },
            ["webhooks"] = new JsonArray(
                new JsonObject { ["name"] = "pods.ossruntime.io", ["clientConfig"] = new JsonObject { ["service"] = new JsonObject { ["path"] = "/pods" } } },
                new JsonObject { ["name"] = "policies.ossruntime.io", ["clientConfig"] = new JsonObject() }),
        });
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock });
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_certificate_is_made_shared_and_trusted()
    {
        WebhookCertificate first = new(), second = new();
        await Keeper(first).LookAsync(default);
        await Keeper(second).LookAsync(default);

        Assert.Equal(first.Current!.Thumbprint, second.Current!.Thumbprint);
        Assert.True(first.Current.HasPrivateKey);
        Assert.True(first.Current.MatchesHostname(Host));
        Assert.All(Bundles(), bundle => Assert.True(Trusts(bundle, first.Current)));
        Assert.Equal("pods", _paths.Called(Path()));
        var writes = _server.Requests.Count(request => request.Verb is not ("get" or "list"));
        await Keeper(first).LookAsync(default);
        Assert.Equal(writes, _server.Requests.Count(request => request.Verb is not ("get" or "list")));
    }

    [Fact]
    public async Task Before_its_end_it_is_replaced_and_the_old_one_is_trusted_on()
    {
        WebhookCertificate old = new(), now = new();
        await Keeper(old).LookAsync(default);
        _clock.Advance(WebhookCertificate.Life - WebhookCertificate.ReplaceBefore + TimeSpan.FromHours(1));
        await Keeper(now).LookAsync(default);

        Assert.NotEqual(old.Current!.Thumbprint, now.Current!.Thumbprint);
        Assert.All(Bundles(), bundle => Assert.True(Trusts(bundle, old.Current) && Trusts(bundle, now.Current)));
        _clock.Advance(WebhookCertificate.Life - WebhookCertificate.ReplaceBefore + TimeSpan.FromHours(1));
        await Keeper(now).LookAsync(default);
        Assert.All(Bundles(), bundle => Assert.False(Trusts(bundle, old.Current)));
    }

    [Fact]
    public async Task The_old_certificate_is_served_until_the_new_one_is_trusted_everywhere()
    {
        WebhookCertificate one = new(), two = new();
        var (first, second) = (Keeper(one), Keeper(two));
        await first.LookAsync(default);
        await second.LookAsync(default);
        var old = one.Current!;
        _clock.Advance(WebhookCertificate.Life - WebhookCertificate.ReplaceBefore + TimeSpan.FromHours(1));

        // Both notice in the same moment; one of them makes the certificate, and both go on with the old one.
        await Task.WhenAll(SettleAsync(first), SettleAsync(second));
        Assert.Equal((old.Thumbprint, old.Thumbprint), (one.Current!.Thumbprint, two.Current!.Thumbprint));
        var bundle = Assert.Single(Bundles().Select(Convert.ToBase64String).Distinct());
        Assert.True(Trusts(Convert.FromBase64String(bundle), old));

        _clock.Advance(TimeSpan.FromMinutes(1));
        await first.LookAsync(default);
        await second.LookAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await second.LookAsync(default);
        Assert.NotEqual(old.Thumbprint, one.Current.Thumbprint);
        Assert.Equal(one.Current.Thumbprint, two.Current.Thumbprint);
        Assert.All(Bundles(), now => Assert.True(Trusts(now, one.Current) && Trusts(now, old)));
    }

    [Fact]
    public async Task Two_replicas_that_begin_in_the_same_moment_end_with_one_certificate()
    {
        WebhookCertificate one = new(), two = new();
        var (first, second) = (Keeper(one), Keeper(two));
        await Task.WhenAll(SettleAsync(first), SettleAsync(second));
        Assert.Equal(one.Current!.Thumbprint, two.Current!.Thumbprint);
        Assert.All(Bundles(), bundle => Assert.True(Trusts(bundle, one.Current)));
    }

    // A patch that comes second is refused by its version, and tried again.
    private static async Task SettleAsync(WebhookKeeper keeper)
    {
        for (var again = true; again;)
        {
            try
            {
                await keeper.LookAsync(default);
                again = false;
            }
            catch (ApiException error) when (error.IsConflict)
            {
            }
        }
    }

    [Fact]
    public async Task A_certificate_that_was_made_while_the_clock_was_ahead_is_replaced()
    {
        var certificate = new WebhookCertificate();
        var keeper = Keeper(certificate);
        await keeper.LookAsync(default);
        var (pem, _, _) = WebhookCertificate.Make(Host, _clock.GetUtcNow().AddDays(400));
        Assert.True(WebhookCertificate.IsSpent(pem, Host, _clock.GetUtcNow()));
        Assert.False(WebhookCertificate.IsSpent(pem, Host, _clock.GetUtcNow().AddDays(400)));
        Assert.True(WebhookCertificate.IsSpent(pem, "another.host.svc", _clock.GetUtcNow().AddDays(400)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate")]
    public async Task A_secret_that_holds_none_is_replaced(string text)
    {
        _server.Create("secrets", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "ossruntime-webhooks", ["namespace"] = "ossruntime" },
            ["data"] = new JsonObject { ["tls.crt"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(text)) },
        });
        var certificate = new WebhookCertificate();
        await Keeper(certificate).LookAsync(default);
        Assert.NotNull(certificate.Current);
    }

    [Fact]
    public async Task The_path_changes_with_the_month_and_with_the_key_and_those_of_before_are_answered_on()
    {
        var keys = new SealKeys(new byte[32]);
        var paths = new CallerPaths(keys, _clock);
        var keeper = new WebhookKeeper(_connection, new WebhookCertificate(), paths, new ObjectKey("ossruntime", "ossruntime-webhooks"), null, _connection.Environment);
        await keeper.LookAsync(default);
        var first = Path();
        _clock.Advance(TimeSpan.FromDays(30));
        await keeper.LookAsync(default);
        var second = Path();
        Assert.NotEqual(first, second);
        Assert.Equal("pods", paths.Called(first));
        keys.Set(Enumerable.Repeat((byte)1, 32).ToArray(), new byte[32]);
        await keeper.LookAsync(default);
        Assert.NotEqual(second, Path());
        Assert.Equal("pods", paths.Called(second));
        Assert.Equal("pods", paths.Called(Path()));
        keys.Set(Enumerable.Repeat((byte)1, 32).ToArray());
        Assert.Null(paths.Called(second));
        _clock.Advance(TimeSpan.FromDays(60));
        Assert.Null(paths.Called(first));
    }

    [Fact]
    public void A_clock_that_is_put_right_by_a_year_shuts_out_nobody_who_called_before()
    {
        var paths = new CallerPaths(new SealKeys(new byte[32]), _clock);
        var (first, unused) = (paths.Of("pods")!, paths.Of("policies")!);
        Assert.Equal("pods", paths.Called(first));
        _clock.Advance(TimeSpan.FromDays(360));
        Assert.Equal("pods", paths.Called(first));
        Assert.Equal("policies", paths.Called(unused));

        // Once callers have come with two other paths, the first is over.
        Assert.Equal("pods", paths.Called(paths.Of("pods")));
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("pods", paths.Called(paths.Of("pods")));
        Assert.Null(paths.Called(first));
    }

    [Fact]
    public void Who_was_not_told_a_path_calls_none()
    {
        var token = _paths.Of("pods")!.Split('/')[1];
        var gatekeeper = _paths.Of("gatekeeper")!.Split('/')[1];
        Assert.NotEqual(token, gatekeeper);
        Assert.All(
            [null, "", "/", "/pods", "//pods", $"/{token}", $"/{token}/", $"/{token}/other", $"/{token}/gatekeeper", $"/{gatekeeper}/pods", $"/{token.ToUpperInvariant()}/pods", $"/{token}/pods/", $"/x/{token}/pods", $"/{new string('0', 64)}/pods"],
            path => Assert.Null(_paths.Called(path)));
        Assert.Null(_paths.Of("else"));
        var none = new CallerPaths(new SealKeys(), _clock);
        Assert.Null(none.Of("pods"));
        Assert.Null(none.Called($"/{token}/pods"));
    }

    [Fact]
    public async Task The_address_for_Gatekeeper_stands_in_a_secret()
    {
        var address = new GatekeeperAddress(_connection, _paths, new ObjectKey("ossruntime", "ossruntime-webhooks"), _connection.Environment);
        await address.LookAsync(default);
        await address.LookAsync(default);
        var url = Encoding.ASCII.GetString(Convert.FromBase64String(_server.Get("secrets", "ossruntime", "ossruntime-webhooks-gatekeeper")!["data"]!["url"]!.GetValue<string>()));
        Assert.Equal("gatekeeper", _paths.Called(new Uri(url).AbsolutePath));
        Assert.Single(_server.Requests, request => request.Verb is not ("get" or "list"));
    }

    [Fact]
    public async Task Files_that_somebody_else_renews_are_read_again_and_only_the_path_is_written()
    {
        var folder = Directory.CreateTempSubdirectory("ossruntime-certificates");
        var certificate = new WebhookCertificate();
        var keeper = new WebhookKeeper(_connection, certificate, _paths, new ObjectKey("ossruntime", "ossruntime-webhooks"), folder.FullName, _connection.Environment);
        await WriteAsync(folder);
        await keeper.LookAsync(default);
        var first = certificate.Current!.Thumbprint;
        await WriteAsync(folder);
        await keeper.LookAsync(default);
        Assert.NotEqual(first, certificate.Current.Thumbprint);
        Assert.Single(_server.Requests, request => request.Verb is not ("get" or "list"));
        Assert.Equal("pods", _paths.Called(Path()));
        Assert.All(Webhooks(), webhook => Assert.Null(webhook!["clientConfig"]!["caBundle"]));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Reviews_are_answered_over_tls_and_what_is_none_gets_an_error()
    {
        await using var stage = await OperatorStage.StartAsync();
        stage.Create("riskpolicies", State.PolicySetTests.Resource("Critical"), ResourceJson.Default.RiskPolicyResource);
        using var folder = new TemporaryDirectory();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var options = new OperatorOptions
        {
            StateFolder = folder.Path,
            Listen = "http://127.0.0.1:0",
            AdmissionListen = new IPEndPoint(IPAddress.Loopback, 0),
            AdmissionDrain = TimeSpan.Zero,
        };
        using var connection = KubernetesConnection.To(stage.Server.Address);
        var host = new OperatorHost(options, connection);
        var run = host.RunAsync(stop.Token);
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(20), SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=" + Host } };
        using var http = new HttpClient(handler) { BaseAddress = new Uri((await host.Webhooks.WaitAsync(stop.Token))!) };
        var ready = new Uri((await host.Listening).Single() + "/readyz");
        while ((await http.GetAsync(ready, stop.Token)).StatusCode != HttpStatusCode.OK)
        {
            Assert.False(run.IsCompleted);
        }

        var key = Convert.FromBase64String(stage.Server.Get("secrets", "ossruntime", "ossruntime-webhooks-approvals")!["data"]!["key"]!.GetValue<string>());
        var paths = new CallerPaths(new SealKeys(key), TimeProvider.System);
        var answer = JsonNode.Parse(await (await PostAsync("pods", AdmissionStage.Review("Pod", "CREATE", "shop", ["web:1"]))).Content.ReadAsByteArrayAsync())!["response"]!;
        Assert.True(answer["allowed"]!.GetValue<bool>());
        Assert.Contains("the contents of this image are unknown", answer["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        var policy = JsonNode.Parse(AdmissionStage.Review("RiskPolicy", "CREATE", "", []))!;
        policy["request"]!["object"] = JsonNode.Parse("""{"apiVersion":"ossruntime.io/v1alpha1","kind":"RiskPolicy","metadata":{"name":"p"},"spec":{"rules":[{"name":"a","severity":"Worst"}]}}""");
        var refused = JsonNode.Parse(await (await PostAsync("policies", JsonSerializer.SerializeToUtf8Bytes(policy))).Content.ReadAsByteArrayAsync())!["response"]!;
        Assert.False(refused["allowed"]!.GetValue<bool>());
        Assert.Contains("spec.rules[0].severity", refused["status"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("pods", "{"u8.ToArray())).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("pods", new byte[9 * 1024 * 1024])).StatusCode);
        var review = AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/never/asked:1"]);
        foreach (var path in (string[])["/pods", "/policies", "/exceptions", "/gatekeeper", "/else", "/metrics", paths.Of("gatekeeper")!])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(review))).StatusCode);
        }

        // Nobody whom the API server does not know reads what is told of all namespaces.
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri(ready, "/metrics"), stop.Token)).StatusCode);

        await stop.CancelAsync();
        await run;

        // Who expects a word before the body gets the refusal of one that is too large.
        Task<HttpResponseMessage> PostAsync(string webhook, byte[] body) => http.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(paths.Of(webhook)!, UriKind.Relative)) { Content = new ByteArrayContent(body), Headers = { ExpectContinue = true } });
    }

    private WebhookKeeper Keeper(WebhookCertificate certificate) => new(_connection, certificate, _paths, new ObjectKey("ossruntime", "ossruntime-webhooks"), null, _connection.Environment);

    private string Path() => Webhooks()[0]!["clientConfig"]!["service"]!["path"]!.GetValue<string>();

    private JsonArray Webhooks() => _server.Get("validatingwebhookconfigurations", null, "ossruntime-webhooks")!["webhooks"]!.AsArray();

    private List<byte[]> Bundles() => [.. Webhooks().Select(webhook => Convert.FromBase64String(webhook!["clientConfig"]!["caBundle"]!.GetValue<string>()))];

    private static bool Trusts(byte[] bundle, X509Certificate2 certificate)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Encoding.ASCII.GetString(bundle));
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationTime = certificate.NotBefore.AddHours(2) } };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(certificate);
    }

    private static async Task WriteAsync(DirectoryInfo folder)
    {
        var (pem, key, _) = WebhookCertificate.Make(Host, DateTimeOffset.UtcNow);
        await File.WriteAllBytesAsync(System.IO.Path.Combine(folder.FullName, "tls.crt"), pem);
        await File.WriteAllBytesAsync(System.IO.Path.Combine(folder.FullName, "tls.key"), key);
    }
}
