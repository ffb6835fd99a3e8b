using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Tests.Resources;

public sealed class ConditionListTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_transition_time_stays_while_the_status_stays()
    {
        var before = new ConditionList(null, 1, Noon).Add("Matched", true, "Matched", "generation 1").Build();
        var after = new ConditionList(before, 2, Noon.AddHours(1)).Add("Matched", true, "Matched", "generation 2").Build();
        Assert.Equal(Noon, after[0].LastTransitionTime);
        Assert.Equal("generation 2", after[0].Message);
        Assert.Equal(2, after[0].ObservedGeneration);
    }

    [Fact]
    public void The_transition_time_moves_with_the_status()
    {
        var before = new ConditionList(null, 1, Noon).Add("Matched", false, "NoDatabase", "").Build();
        var after = new ConditionList(before, 1, Noon.AddHours(1).AddMilliseconds(5)).Add("Matched", true, "Matched", "").Build();
        Assert.Equal(Noon.AddHours(1), after[0].LastTransitionTime);
    }

    [Fact]
    public void A_message_from_outside_is_cut() =>
        Assert.Equal(1024, new ConditionList(null, 1, Noon).Add("Inventoried", null, "Pending", new string('x', 100_000)).Build()[0].Message.Length);
}
