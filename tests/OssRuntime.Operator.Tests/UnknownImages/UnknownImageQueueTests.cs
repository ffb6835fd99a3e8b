using OssRuntime.Operator.Composition;
using OssRuntime.Operator.UnknownImages;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.UnknownImages;

/// <summary>Whoever may create pods can name images without end.</summary>
public sealed class UnknownImageQueueTests
{
    private readonly StepClock _clock = new();
    private readonly UnknownImageQueue _queue;

    public UnknownImageQueueTests() => _queue = new UnknownImageQueue(new UnknownImageLimits { Waiting = 10, WaitingOfNamespace = 4, Remembered = 20 }, new AnyNamespace(), _clock, new Random(1));

    [Fact]
    public async Task A_name_waits_once_however_it_is_written()
    {
        Assert.Equal("it is being read now: try again in a minute", Offer("nginx"));
        Assert.Equal("it is being read: try again in a minute", Offer("docker.io/library/nginx:latest"));
        Assert.Equal(1, _queue.Waiting);
        Assert.Equal("docker.io/library/nginx:latest", (await _queue.TakeAsync(default)).Image.ToString());
        // It is being looked at, and waits no second time.
        Assert.Equal("it is being read: try again in a minute", Offer("nginx"));
    }

    [Fact]
    public async Task A_namespace_that_floods_crowds_out_nobody()
    {
        var refused = Enumerable.Range(0, 1_000).Select(i => Offer($"flood.example/a:{i}", "flood")).Count(text => text.StartsWith("too many", StringComparison.Ordinal));
        Assert.Equal(996, refused);
        Offer("web.example/b:1");
        Assert.Equal("flood", (await _queue.TakeAsync(default)).Pull.Namespace);
        Assert.Equal("shop", (await _queue.TakeAsync(default)).Pull.Namespace);
    }

    [Fact]
    public void Namespaces_that_are_made_up_take_no_room()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Assert.StartsWith("its namespace is not known yet", Offer($"flood.example/a:{i}", $"made-up-{i}"), StringComparison.Ordinal);
        }

        Assert.Equal(0, _queue.Waiting);
        Assert.StartsWith("it is being read now", Offer("web:1"), StringComparison.Ordinal);
    }

    [Fact]
    public void All_namespaces_together_have_a_limit_too()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Offer($"flood.example/a:{i}", $"space-{i}");
        }

        Assert.Equal(10, _queue.Waiting);
    }

    [Fact]
    public async Task What_failed_waits_longer_each_time_and_says_why()
    {
        Offer("web:1");
        var newcomer = await _queue.TakeAsync(default);
        _queue.Failed(newcomer, "Unauthorized: the registry wants credentials");
        Assert.Matches("^it could not be read \\(Unauthorized: the registry wants credentials\\): it is tried again in 2 minutes$", Offer("web:1"));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.StartsWith("it is being read now", Offer("web:1"), StringComparison.Ordinal);
        _queue.Failed(await _queue.TakeAsync(default), "RateLimited", TimeSpan.FromHours(2));
        Assert.EndsWith("tried again in 120 minutes", Offer("web:1"), StringComparison.Ordinal);
        // A wall clock that jumps opens no door.
        Assert.Equal(0, _queue.Waiting);
    }

    [Fact]
    public async Task Only_so_many_names_are_remembered_the_last_ones()
    {
        for (var i = 0; i < 100; i++)
        {
            Offer($"web:{i}");
            _queue.Found(await _queue.TakeAsync(default), Samples.Digest('a'));
        }

        Assert.Equal(20, Enumerable.Range(0, 100).Count(i => _queue.DigestOf($"docker.io/library/web:{i}") is not null));
        Assert.NotNull(_queue.DigestOf("docker.io/library/web:99"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("://@@@")]
    [InlineData("web@sha256:zz")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("registry.example/\u0000\u001b[31m:1")]
    public void What_no_registry_can_have_is_not_asked_for(string image)
    {
        Assert.StartsWith("it is no image that a registry has", Offer(image), StringComparison.Ordinal);
        Assert.Equal(0, _queue.Waiting);
    }

    [Fact]
    public async Task Names_of_secrets_that_Kubernetes_would_not_take_are_not_kept()
    {
        var pod = Samples.Pod("web") with { ServiceAccount = new string('a', 10_000), PullSecrets = [.. Enumerable.Range(0, 1_000).Select(i => $"s{i}"), new string('b', 10_000)] };
        _queue.Offer("web:1", pod, false);
        var pull = (await _queue.TakeAsync(default)).Pull;
        Assert.Equal(("shop", "default", 16), (pull.Namespace, pull.ServiceAccount, pull.Secrets.Length));
    }

    private string Offer(string image, string @namespace = "shop") => _queue.Offer(image, Samples.Pod("web") with { Key = new(@namespace, "web") }, false);
}
