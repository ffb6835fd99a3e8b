using OssRuntime.Model.Findings;
using OssRuntime.Operator.Images;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>Since when fixes are known, from look to look.</summary>
public sealed class FixDaysTests
{
    private const int Room = 25_000;
    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly Finding Fixed = Samples.Finding("CVE-2021-1") with { FixedIn = "2.0.0" };

    [Theory]
    [InlineData(null, 0)]
    [InlineData(-10, -10)]
    [InlineData(3, 0)]
    public void A_fix_is_known_since_its_advisory_was_changed_and_at_the_latest_since_today(int? changed, int expected)
    {
        var finding = Fixed with { FixKnownOn = changed is { } days ? Today.AddDays(days) : null };

        Assert.Equal(Today.AddDays(expected), FixDays.None.After([finding], Today, Room).Of(finding));
    }

    [Fact]
    public void An_edit_of_the_advisory_does_not_make_it_new()
    {
        var before = Kept(FixDays.None.After([Fixed with { FixKnownOn = Today.AddDays(-40) }], Today.AddDays(-20), Room));
        var edited = Fixed with { FixKnownOn = Today.AddDays(-1) };

        Assert.Equal(Today.AddDays(-40), before.After([edited], Today, Room).Of(edited));
    }

    [Fact]
    public void A_fix_that_is_withdrawn_has_no_day_and_has_its_old_one_when_it_is_back()
    {
        var first = Kept(FixDays.None.After([Fixed], Today.AddDays(-20), Room));
        var withdrawn = Kept(first.After([Fixed with { FixedIn = null }], Today.AddDays(-10), Room));
        var gone = Kept(withdrawn.After([], Today.AddDays(-5), Room));

        Assert.Null(withdrawn.Of(Fixed with { FixedIn = null }));
        Assert.Equal(Today.AddDays(-20), gone.After([Fixed], Today, Room).Of(Fixed));
    }

    [Fact]
    public void Another_version_another_package_and_another_flaw_are_other_fixes()
    {
        var first = FixDays.None.After([Fixed], Today.AddDays(-20), Room);
        Finding[] others = [Fixed with { FixedIn = "2.0.1" }, Fixed with { Component = Samples.Component("lodash", "1.0.1") }, Samples.Finding("CVE-2021-1", component: "other"), Fixed with { Id = "CVE-2021-2" }];

        Assert.All(others, other => Assert.Equal(Today, first.After([Fixed, other], Today, Room).Of(other)));
    }

    [Fact]
    public void A_flaw_that_gets_another_name_is_the_same_flaw()
    {
        var first = Kept(FixDays.None.After([Fixed with { Id = "GHSA-1" }], Today.AddDays(-20), Room));
        var named = Fixed with { Aliases = ["GHSA-1", "PYSEC-1"] };

        Assert.Equal(Today.AddDays(-20), Kept(first.After([named], Today, Room)).Of(named));
    }

    [Theory]
    [InlineData(25_000, 2_000)]
    [InlineData(25_000, 5_000)]
    [InlineData(4_000, 5_000)]
    [InlineData(0, 10)]
    public void The_text_keeps_to_its_room_and_the_most_pressing_are_told_first(int room, int count)
    {
        Finding[] findings = [.. Enumerable.Range(0, count).Select(i => Samples.Finding($"CVE-2021-{i}"))];
        var days = Kept(FixDays.None.After([.. findings], Today, room));

        Assert.InRange(days.Write()?.Length ?? 0, 0, Math.Min(room, 22_000));
        var told = findings.TakeWhile(finding => days.Of(finding) is not null).Count();
        Assert.Equal(Math.Min(count, Math.Min(2048, room / 4 * 3 / 8)), told);
        Assert.All(findings[told..], finding => Assert.Null(days.Of(finding)));

        // What is still there has precedence over what is gone.
        Finding[] next = [.. Enumerable.Range(0, count).Select(i => Samples.Finding($"CVE-2022-{i}"))];
        var later = days.After([.. next], Today.AddDays(1), room);
        Assert.Equal(told, next.Count(finding => later.Of(finding) is not null));
    }

    [Fact]
    public void The_same_knowledge_is_the_same_text()
    {
        Finding[] findings = [.. Enumerable.Range(0, 50).Select(i => Samples.Finding($"CVE-2021-{i}"))];

        var text = FixDays.None.After([.. findings], Today, Room).Write();
        Assert.Equal(text, FixDays.None.After([.. findings.Reverse()], Today, Room).Write());
        Assert.Equal(text, FixDays.Read(text).After([.. findings], Today.AddDays(9), Room).Write());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no base64 at all")]
    [InlineData("AAAA")]
    public void A_text_that_is_none_tells_nothing(string? text)
    {
        Assert.Null(FixDays.Read(text).Write());
        Assert.Equal(Today, FixDays.Read(text).After([Fixed], Today, Room).Of(Fixed));
    }

    [Fact]
    public void A_text_that_is_far_too_long_tells_nothing() => Assert.Null(FixDays.Read(Convert.ToBase64String(new byte[1 << 20])).Write());

    // As after a restart.
    private static FixDays Kept(FixDays days) => FixDays.Read(days.Write());
}
