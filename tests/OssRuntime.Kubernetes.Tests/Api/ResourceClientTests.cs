using System.Net;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.Api;

/// <summary>Answers that are none, and servers that do not answer.</summary>
public sealed class ResourceClientTests : IAsyncLifetime
{
    private static readonly ObjectKey Key = new("ns", "a");
    private readonly StepClock _clock = new();
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private ResourceClient<Widget> _widgets = null!;
    private MeasuredMetrics _measured = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_clock, FakeWidgets.Kind);
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock });
        _measured = new MeasuredMetrics(_connection.Environment.Metrics);
        _widgets = new ResourceClient<Widget>(_connection, Widget.ResourceKind, WidgetJsonContext.Default.Widget);
    }

    public async ValueTask DisposeAsync()
    {
        _measured.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_refusal_carries_code_reason_message_and_request()
    {
        _server.Fail("get", "widgets", Fault.Status(403, "Forbidden", "you may not"));
        var exception = await Assert.ThrowsAsync<ApiException>(GetAsync);
        Assert.True(exception.IsForbidden);
        Assert.Equal("GET /apis/contract.ossruntime.io/v1/namespaces/ns/widgets/a: 403 Forbidden: you may not", exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>bad gateway</html>")]
    [InlineData("{\"code\":")]
    [InlineData("null")]
    public async Task A_refusal_that_is_not_the_servers_own_is_known_by_its_code(string body)
    {
        _server.Fail("get", "widgets", Fault.Body(body, 502));
        var exception = await Assert.ThrowsAsync<ApiException>(GetAsync);
        Assert.True(exception.IsUnavailable);
        Assert.Null(exception.Status);
    }

    [Fact]
    public async Task An_endless_refusal_is_read_only_so_far()
    {
        _server.Fail("get", "widgets", Fault.Custom(static async (context, stop) =>
        {
            context.Response.StatusCode = 500;
            var chunk = new byte[64 * 1024];
            while (!stop.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, stop);
            }
        }));
        await Assert.ThrowsAsync<ApiException>(GetAsync).WaitAsync(Patience.Token);
    }

    [Fact]
    public async Task An_endless_object_is_read_only_so_far()
    {
        _server.Fail("get", "widgets", Fault.Custom(static async (context, stop) =>
        {
            var chunk = new byte[64 * 1024];
            while (!stop.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, stop);
            }
        }));
        await Assert.ThrowsAsync<InvalidDataException>(GetAsync).WaitAsync(Patience.Token);
    }

    [Fact]
    public async Task Retry_After_comes_in_seconds_as_a_date_or_in_the_status()
    {
        _server.Fail(
            "get", "widgets",
            Fault.Status(429, "TooManyRequests", retryAfter: 12),
            Fault.Custom((context, _) =>
            {
                context.Response.StatusCode = 503;
                context.Response.Headers.RetryAfter = (_clock.GetUtcNow() + TimeSpan.FromSeconds(30)).ToString("R");
                return Task.CompletedTask;
            }),
            Fault.Body("""{"code":504,"reason":"Timeout","details":{"retryAfterSeconds":3}}""", 504));
        Assert.Equal(12, (await Assert.ThrowsAsync<ApiException>(GetAsync)).RetryAfter!.Value.TotalSeconds);
        Assert.Equal(30, (await Assert.ThrowsAsync<ApiException>(GetAsync)).RetryAfter!.Value.TotalSeconds, tolerance: 1);
        Assert.Equal(3, (await Assert.ThrowsAsync<ApiException>(GetAsync)).RetryAfter!.Value.TotalSeconds);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_and_it_is_told_apart_from_being_cancelled()
    {
        _server.Fail("get", "widgets", Fault.Silence, Fault.SilenceAfter("{\"metadata\":"), Fault.Silence);
        for (var i = 1; i <= 2; i++)
        {
            var get = GetAsync();
            await _server.WhenAsync(server => server.Requests.Count == i, Patience.Token);
            _clock.Advance(TimeSpan.FromSeconds(100));
            await Assert.ThrowsAsync<TimeoutException>(() => get.WaitAsync(Patience.Token));
        }

        using var cancel = new CancellationTokenSource();
        var cancelled = _widgets.GetAsync(Key, cancel.Token);
        await _server.WhenAsync(server => server.Requests.Count == 3, Patience.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience.Token));
    }

    [Fact]
    public async Task A_long_list_may_take_its_time_as_long_as_bytes_come()
    {
        var sent = new SemaphoreSlim(0);
        _server.Fail("list", "widgets", Fault.Custom(async (context, stop) =>
        {
            foreach (var part in (string[])["{\"items\":[", "{\"metadata\":{\"name\":\"a\"}}", ",{\"metadata\":{\"name\":\"b\"}}", "]}"])
            {
                await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(part), stop);
                await context.Response.Body.FlushAsync(stop);
                await sent.WaitAsync(stop);
            }
        }));
        var list = _widgets.ListPageAsync(ResourceScope.All, new ListRequest(), Patience.Token);
        for (var i = 0; i < 4; i++)
        {
            // Each byte sets the limit anew: that is what the test waits for before it lets the time pass.
            await _clock.NextDelayAsync(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(100), Patience.Token);
            if (i == 0)
            {
                await _clock.NextDelayAsync(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(100), Patience.Token);
            }

            _clock.Advance(TimeSpan.FromSeconds(90));
            sent.Release();
        }

        Assert.Equal(2, (await list.WaitAsync(Patience.Token)).Items.Count);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _server.Fail("get", "widgets", Fault.Custom(static (context, _) =>
        {
            context.Response.Redirect("/apis/contract.ossruntime.io/v1/namespaces/ns/widgets/b");
            return Task.CompletedTask;
        }));
        Assert.Equal(HttpStatusCode.Redirect, (await Assert.ThrowsAsync<ApiException>(GetAsync)).StatusCode);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Requests_are_counted_by_method_and_code()
    {
        await Assert.ThrowsAsync<ApiException>(GetAsync);
        _server.Fail("get", "widgets", Fault.Reset);
        await Assert.ThrowsAsync<HttpRequestException>(GetAsync);
        await _widgets.ListPageAsync(ResourceScope.All, new ListRequest(), Patience.Token);
        Assert.Equal(1, _measured.Sum("rest_client_requests_total", ("method", "GET"), ("code", "404")));
        Assert.Equal(1, _measured.Sum("rest_client_requests_total", ("method", "GET"), ("code", "200")));
        Assert.Equal(1, _measured.Sum("rest_client_requests_total", ("method", "GET"), ("code", "<error>")));
    }

    [Fact]
    public async Task Discovery_asks_once_in_ten_minutes_and_looks_for_missing_kinds_sooner()
    {
        var discovery = new ApiDiscovery(_connection);
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(await discovery.FindAsync(Widget.ResourceKind.ApiVersion, "Widget", Patience.Token));
        }

        Assert.Single(_server.Requests);
        Assert.Null(await discovery.FindAsync(Widget.ResourceKind.ApiVersion, "Gadget", Patience.Token));
        Assert.Single(_server.Requests);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(await discovery.FindAsync(Widget.ResourceKind.ApiVersion, "Gadget", Patience.Token));
        Assert.Equal(2, _server.Requests.Count);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull(await discovery.FindAsync(Widget.ResourceKind.ApiVersion, "Widget", Patience.Token));
        Assert.Equal(3, _server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(ResourceKindTests.Elsewhere), MemberType = typeof(ResourceKindTests))]
    public async Task No_request_is_made_for_a_name_that_leads_elsewhere(string name)
    {
        await Assert.ThrowsAsync<InvalidNameException>(() => _widgets.GetAsync(new ObjectKey("ns", name), Patience.Token));
        await Assert.ThrowsAsync<InvalidNameException>(() => _widgets.GetAsync(new ObjectKey(name, "a"), Patience.Token));
        await Assert.ThrowsAsync<InvalidNameException>(() => _widgets.DeleteAsync(new ObjectKey("ns", name), Patience.Token));
        await Assert.ThrowsAsync<InvalidNameException>(() => _widgets.ListPageAsync(new ResourceScope { Namespace = name }, new ListRequest(), Patience.Token));
        Assert.Null(await _widgets.FindAsync(new ObjectKey("ns", name), Patience.Token));
        Assert.Null(await _widgets.FindAsync(new ObjectKey(name, "a"), Patience.Token));
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("apps/..")]
    [InlineData("apps/v1/../../../api/v1/secrets")]
    [InlineData("apps%2f..%2f../v1")]
    [InlineData("apps/v1\n")]
    public async Task No_request_is_made_for_an_apiVersion_that_leads_elsewhere(string apiVersion)
    {
        var discovery = new ApiDiscovery(_connection);
        Assert.Null(await discovery.FindAsync(apiVersion, "Widget", Patience.Token));
        if (apiVersion.Length > 0)
        {
            Assert.Null(await discovery.FindPreferredAsync(apiVersion, "Widget", Patience.Token));
        }

        Assert.Empty(_server.Requests);
    }

    private Task<Widget> GetAsync() => _widgets.GetAsync(Key, Patience.Token);
}
