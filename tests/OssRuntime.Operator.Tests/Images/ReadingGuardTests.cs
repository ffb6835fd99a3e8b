using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Keys;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>What one image does to its reader costs the others nothing, over restarts too. A process that ends is a reading that never does, and a new guard on the same store.</summary>
public sealed class ReadingGuardTests : IDisposable
{
    private static readonly ImageKey Key = new(Digest.Parse($"sha256:{new string('a', 64)}"), Platform.LinuxAmd64);
    private static readonly ImageKey Other = new(Digest.Parse($"sha256:{new string('b', 64)}"), Platform.LinuxAmd64);
    private static readonly ComponentInventory Inventory = new() { Components = [] };

    private readonly TemporaryDirectory _folder = new();
    private readonly SqliteInventoryStore _store;
    private readonly StepClock _clock = new();
    private readonly Load _load = new();
    private int _reads;

    public ReadingGuardTests() => _store = SqliteInventoryStore.Open(_folder["inventory.db"], new NoStoreTrouble());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_image_that_wants_too_much_is_read_once_whatever_restarts_come()
    {
        for (var start = 0; start < 3; start++)
        {
            var failure = await FailAsync(Start(), () => throw new InventoryException(FailureReason.LimitExceeded, "the image names more: than may be"));

            Assert.Equal((FailureReason.LimitExceeded, "the image names more: than may be", false), (failure.Reason, failure.Message, failure.Retryable));
        }

        Assert.Equal(1, _reads);
        Assert.Same(Inventory, await ReadAsync(Start("other readers"), () => Task.FromResult(Inventory)));
    }

    [Fact]
    public async Task What_a_registry_is_to_blame_for_is_tried_again()
    {
        await FailAsync(Start(), () => throw new InventoryException(new InventoryFailure(FailureReason.LimitExceeded, "the manifest is endless", Retryable: true)));
        await FailAsync(Start(), () => throw new InventoryException(FailureReason.DigestMismatch, "other bytes"));

        Assert.Same(Inventory, await ReadAsync(Start(), () => Task.FromResult(Inventory)));
        Assert.Null(_store.GetReading(Key.Digest, Key.Platform, "readers"));
    }

    [Fact]
    public async Task An_image_that_was_read_twice_when_the_process_ended_is_not_read_a_third_time()
    {
        Die(Start());
        Die(Start());

        foreach (var guard in (ReadingGuard[])[Start(), Start()])
        {
            var failure = await FailAsync(guard, () => Task.FromResult(Inventory));

            Assert.Equal((FailureReason.Quarantined, false), (failure.Reason, failure.Retryable));
            Assert.StartsWith("the process ended 2 times while it read this image", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task An_image_that_was_read_once_when_the_process_ended_and_then_to_its_end_is_as_any_other()
    {
        Die(Start());
        await ReadAsync(Start(), () => Task.FromResult(Inventory));
        Die(Start());

        Assert.Same(Inventory, await ReadAsync(Start(), () => Task.FromResult(Inventory)));
    }

    [Fact]
    public async Task A_process_that_is_told_to_stop_is_no_fault_of_what_it_reads()
    {
        for (var start = 0; start < 4; start++)
        {
            using var stop = new CancellationTokenSource();
            var reading = Start().ReadAsync(Key, token => Task.Delay(Timeout.InfiniteTimeSpan, _clock, token).ContinueWith(_ => Inventory, token, TaskContinuationOptions.None, TaskScheduler.Default), stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }

        Assert.Same(Inventory, await ReadAsync(Start(), () => Task.FromResult(Inventory)));
    }

    [Fact]
    public async Task A_suspect_is_read_alone_and_gets_its_turn()
    {
        Die(Start());
        var guard = Start();
        var first = new TaskCompletionSource<ComponentInventory>();
        var suspect = new TaskCompletionSource<ComponentInventory>();
        var beside = guard.ReadAsync(Other, _ => first.Task, Cancel);

        var alone = ReadAsync(guard, () => suspect.Task);
        var later = guard.ReadAsync(Other, _ => Task.FromResult(Inventory), Cancel);
        Assert.Equal(1, _reads);
        Assert.False(later.IsCompleted);

        first.SetResult(Inventory);
        await beside;
        await UntilAsync(() => _reads == 2);
        Assert.False(later.IsCompleted);

        suspect.SetResult(Inventory);
        await alone;
        await later;
    }

    [Fact]
    public async Task A_suspect_that_waits_for_its_registry_does_not_keep_the_others_out_for_long()
    {
        Die(Start());
        var reading = Start().ReadAsync(Key, async token =>
        {
            await Task.Delay(TimeSpan.FromHours(1), _clock, token);
            return Inventory;
        }, Cancel);

        _clock.Advance(TimeSpan.FromMinutes(6));

        var failure = (await Assert.ThrowsAsync<InventoryException>(() => reading)).Failure;
        Assert.Equal((FailureReason.RegistryStalled, true), (failure.Reason, failure.Retryable));
    }

    [Fact]
    public async Task Memory_that_is_used_up_is_tried_once_more_alone_and_is_a_reason_then()
    {
        var guard = Start();
        var first = await FailAsync(guard, () => throw new InventoryException(FailureReason.OutOfMemory, "no memory"));
        var second = await FailAsync(guard, () => throw new InventoryException(FailureReason.OutOfMemory, "no memory"));
        var third = await FailAsync(Start(), () => Task.FromResult(Inventory));

        Assert.Equal([(FailureReason.OutOfMemory, true), (FailureReason.OutOfMemory, false), (FailureReason.OutOfMemory, false)], [(first.Reason, first.Retryable), (second.Reason, second.Retryable), (third.Reason, third.Retryable)]);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task While_memory_is_short_one_image_is_read_at_a_time()
    {
        var guard = Start();
        var first = new TaskCompletionSource<ComponentInventory>();
        var one = ReadAsync(guard, () => first.Task);
        _load.IsHigh = true;
        var other = guard.ReadAsync(Other, _ => Task.FromResult(Inventory), Cancel);
        Assert.False(other.IsCompleted);

        first.SetResult(Inventory);
        await one;
        await other;
    }

    private ReadingGuard Start(string readers = "readers") => new(_store, readers, new ReadingRoom(_load), _clock);

    // The task is let go of as a process that ends lets go of it.
    private void Die(ReadingGuard guard) => _ = ReadAsync(guard, () => new TaskCompletionSource<ComponentInventory>().Task);

    private Task<ComponentInventory> ReadAsync(ReadingGuard guard, Func<Task<ComponentInventory>> read) => guard.ReadAsync(
        Key,
        _ =>
        {
            _reads++;
            return read();
        },
        Cancel);

    private async Task<InventoryFailure> FailAsync(ReadingGuard guard, Func<Task<ComponentInventory>> read) =>
        (await Assert.ThrowsAsync<InventoryException>(() => ReadAsync(guard, read))).Failure;

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }

    private sealed class Load : IMemoryLoad
    {
        public bool IsHigh { get; set; }
    }
}
