using Microsoft.Extensions.Time.Testing;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Tests.Feeds.Fetching;

/// <summary>No server holds up an update: one that is silent, slow or endless is given up.</summary>
public sealed class PaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_byte_a_second_is_given_up_after_the_first_span()
    {
        using var pace = new Pace(_time, new FetchOptions(), TestContext.Current.CancellationToken);
        for (var second = 0; second < 61 && !pace.Ended.IsCancellationRequested; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            pace.Came(1);
        }

        Assert.True(pace.Ended.IsCancellationRequested);
        Assert.Equal("the server sends fewer than 1024 bytes a second", pace.Reason);
    }

    [Fact]
    public void A_steady_answer_is_given_up_at_the_deadline_only()
    {
        using var pace = new Pace(_time, new FetchOptions(), TestContext.Current.CancellationToken);
        for (var second = 0; second < 3599; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            pace.Came(2048);
        }

        Assert.False(pace.Ended.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("the answer took longer than 60 minutes", pace.Reason);
    }

    [Fact]
    public void Silence_is_given_up()
    {
        using var pace = new Pace(_time, new FetchOptions(), TestContext.Current.CancellationToken);
        pace.Came(100_000);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("the server said nothing for 60 s", pace.Reason);
    }
}
