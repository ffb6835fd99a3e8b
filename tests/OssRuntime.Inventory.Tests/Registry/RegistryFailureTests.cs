using System.Net;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Registry;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Inventory.Tests.Registry;

public sealed class RegistryFailureTests
{
    private static readonly BuiltImage Large = new ImageBuilder()
        .Layer(tar => RegistryReader.Package("x")(tar.File("noise", NoiseOf(300_000))))
        .Build();

    private static string Layer => Large.LayerDigests[0];

    [Fact]
    public async Task An_unknown_tag_is_told()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Reference = reader.Registry.Reference(RegistryReader.Repository, "v2");

        var failure = await reader.FailAsync();

        Assert.Equal((FailureReason.ManifestUnknown, false), (failure.Reason, failure.Retryable));
        Assert.Equal($"{reader.Registry.Host} has no image team/app v2", failure.Message);
    }

    [Fact]
    public async Task A_manifest_that_is_not_the_one_of_its_digest_is_refused()
    {
        await using var reader = await RegistryReader.StartAsync();
        var digest = ImageBuilder.DigestOf("another"u8);
        reader.Registry.PushManifest(RegistryReader.Repository, digest, reader.Image.MediaType, reader.Image.Manifest);
        reader.Reference = reader.Registry.Reference(RegistryReader.Repository, digest);

        Assert.Equal(FailureReason.DigestMismatch, (await reader.FailAsync()).Reason);
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_told()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.DeleteBlob(RegistryReader.Repository, reader.Image.LayerDigests[0]);

        Assert.Equal(FailureReason.BlobUnknown, (await reader.FailAsync()).Reason);
    }

    [Theory]
    [InlineData(FakeBlobFault.Corrupt)]
    [InlineData(FakeBlobFault.Shorten)]
    public async Task A_blob_with_other_bytes_is_refused(FakeBlobFault fault)
    {
        await using var reader = await RegistryReader.StartAsync(Large);
        reader.Registry.Fault(Layer, fault, after: 1000);

        var reason = (await reader.FailAsync()).Reason;

        Assert.Contains(reason, new[] { FailureReason.DigestMismatch, FailureReason.LayerCorrupt, FailureReason.BlobCut });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_blob_that_breaks_off_is_taken_up_where_it_stopped(bool knowsRanges)
    {
        await using var reader = await RegistryReader.StartAsync(Large);
        reader.Registry.KnowsRanges = knowsRanges;
        reader.Registry.Fault(Layer, FakeBlobFault.Cut, after: 70_000, times: 3);

        Assert.Equal(["x 1.0.0"], (await reader.ReadAsync()).Names());

        var ranges = reader.Registry.Requests.Where(r => r.Path.Contains(Layer, StringComparison.Ordinal)).Select(r => r.Range).ToList();
        Assert.Equal(4, ranges.Count);
        Assert.Equal([null, "bytes=70000-"], ranges.Take(2));
    }

    [Fact]
    public async Task A_blob_that_breaks_off_again_and_again_is_given_up()
    {
        await using var reader = await RegistryReader.StartAsync(Large);
        reader.Registry.Fault(Layer, FakeBlobFault.Cut, after: 10);

        var failure = await reader.FailAsync();

        Assert.Equal((FailureReason.BlobCut, true), (failure.Reason, failure.Retryable));
        Assert.Equal(1 + new RegistryOptions().Resumes, reader.Registry.Count(Layer));
    }

    [Fact]
    public async Task A_blob_on_which_nothing_comes_any_more_is_given_up()
    {
        await using var reader = await RegistryReader.StartAsync(Large);
        reader.Registry.Fault(Layer, FakeBlobFault.Stall, after: 100_000);

        var reading = reader.FailAsync();
        var failure = await AdvanceUntilAsync(reader, reading);

        Assert.Equal((FailureReason.RegistryStalled, true), (failure.Reason, failure.Retryable));
    }

    [Fact]
    public async Task A_blob_that_comes_a_little_at_a_time_is_given_up_for_its_pace()
    {
        await using var reader = await RegistryReader.StartAsync(Large);
        Trickle(reader);

        var failure = await AdvanceUntilAsync(reader, reader.FailAsync());

        Assert.Equal((FailureReason.RegistryStalled, true), (failure.Reason, failure.Retryable));
        Assert.Contains("bytes a second, less than the 32768 that are waited for", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_takes_too_long_in_all_is_given_up()
    {
        await using var reader = await RegistryReader.StartAsync(Large);
        reader.Options = new RegistryOptions { LeastRate = 0, BlobTimeout = TimeSpan.FromMinutes(2) };
        Trickle(reader);

        var failure = await AdvanceUntilAsync(reader, reader.FailAsync());

        Assert.Equal((FailureReason.RegistryStalled, true), (failure.Reason, failure.Retryable));
        Assert.EndsWith("which is longer than a blob may take", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/manifests/")]
    [InlineData("/blobs/")]
    public async Task A_registry_that_does_not_answer_is_given_up(string path)
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Hang(path);

        var failure = await AdvanceUntilAsync(reader, reader.FailAsync());

        Assert.Equal((FailureReason.RegistryStalled, true), (failure.Reason, failure.Retryable));
    }

    [Fact]
    public async Task A_registry_that_asks_for_patience_is_left_alone_until_then()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Script("/manifests/", HttpStatusCode.TooManyRequests, retryAfter: "120", times: 1);

        var first = await reader.FailAsync();
        reader.Time.Advance(TimeSpan.FromSeconds(60));
        var second = await reader.FailAsync();

        Assert.Equal((FailureReason.RateLimited, true, TimeSpan.FromSeconds(120)), (first.Reason, first.Retryable, first.RetryAfter!.Value));
        Assert.Equal((FailureReason.RateLimited, TimeSpan.FromSeconds(60)), (second.Reason, second.RetryAfter!.Value));
        Assert.Single(reader.Registry.Requests);
        reader.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Single((await reader.ReadAsync()).Components);
    }

    [Fact]
    public async Task A_registry_that_is_out_of_service_is_left_alone_until_it_wants_to_be_back()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Script("/manifests/", HttpStatusCode.ServiceUnavailable, retryAfter: "30", times: 1);

        var first = await reader.FailAsync();
        reader.Time.Advance(TimeSpan.FromSeconds(10));
        var second = await reader.FailAsync();

        Assert.Equal((FailureReason.RegistryError, true, TimeSpan.FromSeconds(30)), (first.Reason, first.Retryable, first.RetryAfter!.Value));
        Assert.Equal((FailureReason.RateLimited, TimeSpan.FromSeconds(20)), (second.Reason, second.RetryAfter!.Value));
        Assert.Single(reader.Registry.Requests);
        reader.Time.Advance(TimeSpan.FromSeconds(21));
        Assert.Single((await reader.ReadAsync()).Components);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "30", true)]
    [InlineData(HttpStatusCode.BadGateway, null, true)]
    [InlineData(HttpStatusCode.Gone, null, false)]
    public async Task Server_errors_are_told_with_the_wait_that_was_asked_for(HttpStatusCode status, string? retryAfter, bool retryable)
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Script("/manifests/", status, retryAfter);

        var failure = await reader.FailAsync();

        Assert.Equal((FailureReason.RegistryError, retryable), (failure.Reason, failure.Retryable));
        Assert.Equal(retryAfter, failure.RetryAfter?.TotalSeconds.ToString());
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_told()
    {
        var reader = await RegistryReader.StartAsync();
        await reader.Registry.DisposeAsync();

        var failure = await reader.FailAsync();

        Assert.Equal((FailureReason.RegistryUnreachable, true), (failure.Reason, failure.Retryable));
    }

    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("0.0.0.0/0")]
    public async Task A_registry_in_a_refused_range_is_not_reached_whatever_it_is_called(string range)
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Options = new RegistryOptions { RefusedRanges = [System.Net.IPNetwork.Parse(range), System.Net.IPNetwork.Parse("::1/128")] };
        foreach (var host in (string[])[reader.Registry.Host, reader.Registry.OtherHost])
        {
            reader.Reference = reader.Reference.Replace(reader.Registry.Host, host, StringComparison.Ordinal);

            var failure = await reader.FailAsync();

            Assert.Equal((FailureReason.RegistryUnreachable, true), (failure.Reason, failure.Retryable));
        }

        Assert.Empty(reader.Registry.Requests);
    }

    [Fact]
    public async Task A_registry_in_a_refused_range_that_is_listed_is_reached()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Options = new RegistryOptions { RefusedRanges = [System.Net.IPNetwork.Parse("127.0.0.0/8")], InternalRegistries = [reader.Registry.Host] };

        Assert.Single((await reader.ReadAsync()).Components);
    }

    [Fact]
    public async Task A_registry_on_an_address_that_is_not_refused_is_reached()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Options = new RegistryOptions { RefusedRanges = [System.Net.IPNetwork.Parse("169.254.0.0/16")] };

        Assert.Single((await reader.ReadAsync()).Components);
    }

    [Fact]
    public async Task An_endless_manifest_is_cut()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.PushManifest(RegistryReader.Repository, "v1", reader.Image.MediaType, new byte[5 << 20]);

        Assert.Equal(FailureReason.LimitExceeded, (await reader.FailAsync()).Reason);
    }

    [Fact]
    public async Task A_reading_that_is_stopped_stops()
    {
        await using var reader = await RegistryReader.StartAsync(Large);
        reader.Registry.Fault(Layer, FakeBlobFault.Stall, after: 100_000);
        using var stop = new CancellationTokenSource();
        using var client = new RegistryClient(new RegistryOptions(), TimeProvider.System, null);
        Assert.True(Model.Images.ImageReference.TryParse(reader.Reference, out var reference, out _));
        var image = new Inventory.Images.RegistryImage(reference!, client, AnonymousCredentials.Instance);
        var seen = new TaskCompletionSource();
        var reading = new ImageIndexer(new InventoryOptions(), null, TimeProvider.System).IndexAsync(
            image, Model.Images.Platform.LinuxAmd64, new Seen(p => p.Read > 50_000, seen), stop.Token);

        await seen.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task<InventoryFailure> AdvanceUntilAsync(RegistryReader reader, Task<InventoryFailure> reading)
    {
        while (!reading.IsCompleted)
        {
            reader.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(reading, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        return await reading;
    }

    /// <summary>So many bytes at a time that no pause is a stall by itself.</summary>
    private static void Trickle(RegistryReader reader) => reader.Registry.Script(
        request => request.Path.Value!.EndsWith(reader.Image.LayerDigests[0], StringComparison.Ordinal),
        async context =>
        {
            var content = reader.Image.Blobs[reader.Image.LayerDigests[0]];
            context.Response.ContentLength = content.Length;
            for (var sent = 0; sent < content.Length; sent += 20_000)
            {
                await context.Response.Body.WriteAsync(content.AsMemory(sent, Math.Min(20_000, content.Length - sent)), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(TimeSpan.FromSeconds(20), reader.Time, context.RequestAborted);
            }
        });

    private static byte[] NoiseOf(int length)
    {
        var noise = new byte[length];
        new Random(7).NextBytes(noise);
        return noise;
    }

    private sealed class Seen(Func<IndexProgress, bool> enough, TaskCompletionSource seen) : IProgress<IndexProgress>
    {
        public void Report(IndexProgress value)
        {
            if (enough(value))
            {
                seen.TrySetResult();
            }
        }
    }
}
