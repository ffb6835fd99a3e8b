namespace OssRuntime.Operator.Tests.Workloads;

public sealed class WorkloadKeyTests
{
    [Fact]
    public void A_report_is_named_after_kind_and_name() => Assert.Equal("deployment-web", Samples.Workload("web").ReportName);

    [Fact]
    public void A_name_that_would_be_too_long_is_cut_and_stays_unique()
    {
        var first = Samples.Workload(new string('a', 250) + "1").ReportName;
        var second = Samples.Workload(new string('a', 250) + "2").ReportName;
        Assert.NotEqual(first, second);
        Assert.InRange(first.Length, 200, 253);
    }
}
