using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Tests.Priorities;

public sealed class EndedSupportTests
{
    private static readonly PriorityInputs Deferred = new(Exploitation.None, SystemExposure.Small, false, HumanImpact.Low);

    [Fact]
    public void What_gets_no_fixes_any_more_is_not_deferred()
    {
        Assert.Equal(Priority.Defer, PriorityDecider.Decide(Deferred, malicious: false, ended: false));
        Assert.Equal(Priority.Scheduled, PriorityDecider.Decide(Deferred, malicious: false, ended: true));
    }

    [Fact]
    public void What_is_more_urgent_stays_so() =>
        Assert.Equal(
            Priority.Immediate,
            PriorityDecider.Decide(new PriorityInputs(Exploitation.Active, SystemExposure.Open, true, HumanImpact.VeryHigh), malicious: false, ended: true));

    [Theory]
    [InlineData("pkg:npm/django@1", "django", true)]
    [InlineData("pkg:npm/flask@1", "django", false)]
    public void A_component_is_named_by_its_purl(string subject, string name, bool covered) =>
        Assert.Equal(covered, new EndedSupport([Status(subject, LifecycleState.EndOfLife)]).Covers(Component(name, ComponentType.Library)));

    [Fact]
    public void The_end_of_a_distribution_is_the_end_of_its_packages_only()
    {
        var ended = new EndedSupport([Status("Debian GNU/Linux 9 (stretch)", LifecycleState.EndOfLife)]);
        Assert.True(ended.Covers(Component("zlib", ComponentType.OsPackage)));
        Assert.False(ended.Covers(Component("zlib", ComponentType.Library)));
    }

    [Fact]
    public void A_cycle_that_is_supported_covers_nothing() =>
        Assert.False(new EndedSupport([Status("pkg:npm/django@1", LifecycleState.SecurityOnly)]).Covers(Component("django", ComponentType.Library)));

    private static LifecycleStatus Status(string subject, LifecycleState state) => new("product", "1", state, null, null, subject, "test");

    private static Component Component(string name, ComponentType type) => new()
    {
        Purl = new PackageUrl { Type = "npm", Name = name, Version = "1" },
        Name = name,
        Version = "1",
        Ecosystem = new Ecosystem("npm"),
        Location = new ComponentLocation(null, "package.json"),
        Type = type,
    };
}
