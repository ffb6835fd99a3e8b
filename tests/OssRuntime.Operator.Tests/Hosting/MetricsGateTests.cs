using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Hosting;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Hosting;

/// <summary>Who may read the metrics, by the word of an API server that knows three tokens.</summary>
public sealed class MetricsGateTests : IAsyncLifetime
{
    private readonly StepClock _clock = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly WebApplication _server;
    private KubernetesConnection _connection = null!;
    private MetricsGate _gate = null!;

    public MetricsGateTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/apis/authentication.k8s.io/v1/tokenreviews", async (HttpRequest request) =>
        {
            var review = (await JsonNode.ParseAsync(request.Body))!;
            var token = review["spec"]!["token"]!.GetValue<string>();
            _asked.Enqueue(token);
            review["status"] = token is "prometheus" or "tenant"
                ? new JsonObject { ["authenticated"] = true, ["user"] = new JsonObject { ["username"] = token, ["groups"] = new JsonArray("g") } }
                : new JsonObject { ["authenticated"] = false };
            return token == "broken" ? Results.StatusCode(500) : Results.Text(review.ToJsonString(), "application/json");
        });
        _server.MapPost("/apis/authorization.k8s.io/v1/subjectaccessreviews", async (HttpRequest request) =>
        {
            var review = (await JsonNode.ParseAsync(request.Body))!;
            var spec = review["spec"]!;
            review["status"] = new JsonObject
            {
                ["allowed"] = spec["user"]!.GetValue<string>() == "prometheus" && spec["nonResourceAttributes"]!["path"]!.GetValue<string>() == "/metrics"
                    && spec["nonResourceAttributes"]!["verb"]!.GetValue<string>() == "get" && spec["resourceAttributes"] is null,
            };
            return Results.Text(review.ToJsonString(), "application/json");
        });
    }

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        _connection = KubernetesConnection.To(new Uri(_server.Urls.Single()), new ControllerEnvironment { Time = _clock });
        _gate = new MetricsGate(_connection);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("", 401)]
    [InlineData("Basic cHJvbWV0aGV1cw==", 401)]
    [InlineData("Bearer nobody", 401)]
    [InlineData("Bearer tenant", 403)]
    [InlineData("Bearer prometheus", 200)]
    [InlineData("bearer prometheus", 200)]
    [InlineData("Bearer broken", 503)]
    public async Task Who_may_read_them_is_for_the_API_server_to_say(string? header, int status) =>
        Assert.Equal(status, await _gate.AskAsync(header, TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_answer_is_believed_for_a_minute_and_a_refusal_for_ten_seconds()
    {
        await AskAsync("prometheus", "prometheus", "tenant", "tenant");
        Assert.Equal(["prometheus", "tenant"], _asked);
        _clock.Advance(TimeSpan.FromSeconds(11));
        await AskAsync("prometheus", "tenant");
        Assert.Equal(["prometheus", "tenant", "tenant"], _asked);
        _clock.Advance(TimeSpan.FromSeconds(50));
        await AskAsync("prometheus");
        Assert.Equal("prometheus", _asked.Last());
        Assert.Equal(4, _asked.Count);
    }

    [Fact]
    public async Task Tokens_without_end_are_not_remembered_and_push_nobody_out()
    {
        await AskAsync("prometheus");
        await AskAsync([.. Enumerable.Range(0, 600).Select(i => $"nobody-{i}")]);
        await AskAsync("prometheus");
        Assert.Single(_asked, token => token == "prometheus");
    }

    private async Task AskAsync(params string[] tokens)
    {
        foreach (var token in tokens)
        {
            await _gate.AskAsync("Bearer " + token, TestContext.Current.CancellationToken);
        }
    }
}
