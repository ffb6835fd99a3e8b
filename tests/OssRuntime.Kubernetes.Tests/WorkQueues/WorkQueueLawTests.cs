using System.Collections.Concurrent;
using CsCheck;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.WorkQueues;

public sealed class WorkQueueLawTests
{
    private enum Step
    {
        Add,
        AddLow,
        AddLater,
        Retry,
        Take,
        Done,
        Forget,
        PassTime,
    }

    [Fact]
    public void No_key_is_lost_doubled_or_run_twice_at_once_in_any_sequence_of_steps() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 4]).Array[0, 60].Sample(steps => Play(steps), iter: 3000);

    [Fact]
    public async Task Under_many_threads_each_key_runs_after_its_last_add_and_never_twice_at_once()
    {
        const int Keys = 50;
        const int Adders = 4;
        const int Adds = 5000;
        using var queue = new WorkQueue<int>("q", new ControllerEnvironment());
        var running = new int[Keys];
        var asked = new int[Keys];
        var seen = new int[Keys];
        var overlaps = 0;
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (await queue.TakeAsync(default) is { } item)
            {
                overlaps += Interlocked.Increment(ref running[item.Key]) == 1 ? 0 : 1;
                Volatile.Write(ref seen[item.Key], Volatile.Read(ref asked[item.Key]));
                await Task.Yield();
                Interlocked.Decrement(ref running[item.Key]);
                queue.Done(item.Key);
            }
        })).ToArray();
        await Task.WhenAll(Enumerable.Range(0, Adders).Select(adder => Task.Run(() =>
        {
            var random = new Random(adder);
            for (var i = 0; i < Adds; i++)
            {
                var key = random.Next(Keys);
                Interlocked.Increment(ref asked[key]);
                queue.Add(key, random.Next(2) == 0 ? Lane.Low : Lane.Normal);
            }
        })));
        while (!queue.IsIdle)
        {
            await Task.Yield();
        }

        queue.Close();
        await Task.WhenAll(workers);
        Assert.Equal(0, overlaps);
        Assert.Equal(asked, seen);
        Assert.Equal(Adders * Adds, asked.Sum());
    }

    [Fact]
    public async Task Cancelled_takers_in_a_storm_of_adds_lose_no_key()
    {
        using var queue = new WorkQueue<int>("q", new ControllerEnvironment());
        var taken = new ConcurrentDictionary<int, int>();
        const int Keys = 2000;
        var takers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (taken.Count < Keys)
            {
                using var cancel = new CancellationTokenSource();
                var taking = queue.TakeAsync(cancel.Token).AsTask();
                await Task.Yield();
                await cancel.CancelAsync();
                try
                {
                    if (await taking is { } item)
                    {
                        taken.AddOrUpdate(item.Key, 1, static (_, times) => times + 1);
                        queue.Done(item.Key);
                    }
                }
                catch (OperationCanceledException)
                {
                    // That is what this test wants often.
                }
            }
        })).ToArray();
        for (var key = 0; key < Keys; key++)
        {
            queue.Add(key);
        }

        await Task.WhenAll(takers).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.All(taken.Values, times => Assert.Equal(1, times));
    }

    // The model: for each key, the earliest time it was asked for since it was last taken, and whether it runs.
    private static void Play((Step Step, int Key)[] steps)
    {
        var clock = new StepClock();
        using var queue = new WorkQueue<int>("q", new ControllerEnvironment { Time = clock, Random = new Random(1) });
        var due = new Dictionary<int, DateTimeOffset>();
        var running = new HashSet<int>();
        foreach (var (step, key) in steps)
        {
            switch (step)
            {
                case Step.Add:
                    queue.Add(key);
                    Ask(key, TimeSpan.Zero);
                    break;
                case Step.AddLow:
                    queue.Add(key, Lane.Low);
                    Ask(key, TimeSpan.Zero);
                    break;
                case Step.AddLater:
                    queue.AddAfter(key, TimeSpan.FromSeconds(key + 1));
                    Ask(key, TimeSpan.FromSeconds(key + 1));
                    break;
                case Step.Retry:
                    Ask(key, queue.Retry(key));
                    break;
                case Step.Forget:
                    queue.Forget(key);
                    break;
                case Step.PassTime:
                    clock.Advance(TimeSpan.FromSeconds(key));
                    break;
                case Step.Done when running.Remove(key):
                    queue.Done(key);
                    break;
                case Step.Take when Ready().Count > 0:
                    var taking = queue.TakeAsync(default).AsTask();
                    Assert.True(taking.IsCompleted);
                    var taken = taking.Result!.Value.Key;
                    Assert.Contains(taken, Ready());
                    Assert.True(running.Add(taken));
                    due.Remove(taken);
                    break;
                default:
                    break;
            }

            Assert.Equal(Ready().Count, queue.Depth);
            Assert.Equal(due.Count(pair => !running.Contains(pair.Key)), queue.Depth + queue.Waiting);
        }

        foreach (var key in running)
        {
            queue.Done(key);
        }

        running.Clear();
        clock.Advance(TimeSpan.FromDays(2));
        while (queue.Depth > 0)
        {
            var key = queue.TakeAsync(default).AsTask().Result!.Value.Key;
            Assert.True(due.Remove(key));
            queue.Done(key);
        }

        Assert.Empty(due);
        Assert.True(queue.IsIdle);

        void Ask(int key, TimeSpan delay)
        {
            var time = clock.GetUtcNow() + delay;
            due[key] = due.TryGetValue(key, out var before) && before < time ? before : time;
        }

        List<int> Ready() => [.. due.Where(pair => pair.Value <= clock.GetUtcNow() && !running.Contains(pair.Key)).Select(pair => pair.Key)];
    }
}
