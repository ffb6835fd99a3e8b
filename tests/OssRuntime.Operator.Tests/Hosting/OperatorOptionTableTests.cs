using System.CommandLine;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Hosting;

namespace OssRuntime.Operator.Tests.Hosting;

/// <summary>Options have one name each, the chart passes them on, and old names go on working.</summary>
public sealed class OperatorOptionTableTests
{
    // Options that the chart has no value for, and why.
    private static readonly Dictionary<string, string> NotInChart = new(StringComparer.Ordinal)
    {
        ["--kubeconfig"] = "in a cluster the service account is the way to its API server",
    };

    private static readonly string[] OldNames = ["--registry-patience", "--upstream-where-silent"];

    public static TheoryData<string> Shown => [.. OperatorOptionTable.Rows().Where(row => !row.Symbol.Hidden).Select(row => row.Symbol.Name)];

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_chart_passes_it_on_or_says_why_not(string name)
    {
        var chart = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Hosting/deployment.yaml"));
        var names = OldNames.Where(old => IsOldNameOf(old, name)).Append(name);
        Assert.True(NotInChart.ContainsKey(name) || names.Any(known => chart.Contains(known + "=", StringComparison.Ordinal)), $"{name} is neither in the chart nor on the list");
    }

    [Fact]
    public void Only_options_that_there_are_are_left_out_of_the_chart() =>
        Assert.Empty(NotInChart.Keys.Except(OperatorOptionTable.Rows().Select(row => row.Symbol.Name)));

    [Fact]
    public void Every_row_has_a_name_of_its_own_and_a_meaning()
    {
        var rows = OperatorOptionTable.Rows();
        Assert.Empty(rows.GroupBy(row => row.Symbol.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.All(rows, row => Assert.False(string.IsNullOrWhiteSpace(row.Symbol.Description)));
        Assert.All(rows, row => Assert.Matches("^--[a-z]+(-[a-z]+)*$", row.Symbol.Name));
    }

    [Fact]
    public async Task The_defaults_of_the_table_are_those_of_the_options()
    {
        var (read, defaults) = (await ReadAsync(), new OperatorOptions());
        foreach (var property in typeof(OperatorOptions).GetProperties())
        {
            Assert.Equivalent(property.GetValue(defaults), property.GetValue(read));
        }
    }

    [Fact]
    public async Task Old_names_work_on()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), (await ReadAsync("--registry-patience", "7s")).RegistryTimeout);
        Assert.True((await ReadAsync("--upstream-where-silent")).UpstreamAdvisories);
        Assert.True((await ReadAsync("--upstream-where-silent=true")).UpstreamAdvisories);

        // The chart of before may say the old name beside somebody's new one: neither is lost to the default of the other.
        Assert.Equal(TimeSpan.FromSeconds(9), (await ReadAsync("--registry-timeout", "9s")).RegistryTimeout);
        Assert.True((await ReadAsync("--upstream-advisories")).UpstreamAdvisories);
    }

    [Fact]
    public async Task Old_names_are_not_shown()
    {
        using var help = new StringWriter();
        await OperatorCommand.Create((_, _) => Task.FromResult(0)).Parse(["--help"]).InvokeAsync(new InvocationConfiguration { Output = help }, TestContext.Current.CancellationToken);
        Assert.Contains("--registry-timeout", help.ToString(), StringComparison.Ordinal);
        Assert.All(OldNames, name => Assert.DoesNotContain(name, help.ToString(), StringComparison.Ordinal));
        Assert.Equal(OldNames.Order(), OperatorOptionTable.Rows().Where(row => row.Symbol.Hidden).Select(row => row.Symbol.Name).Order());
    }

    [Theory]
    [InlineData("--registry-timeout", "soon")]
    [InlineData("--registry-patience", "0s")]
    [InlineData("--image-workers", "0")]
    [InlineData("--admission-listen", "9443")]
    [InlineData("--source", "guess")]
    [InlineData("--state", "a", "--state", "b")]
    [InlineData("--registry-timeout", "1s", "--registry-timeout", "2s")]
    [InlineData("--nonsense")]
    public void What_cannot_be_meant_is_refused(params string[] arguments) =>
        Assert.NotEmpty(OperatorCommand.Create((_, _) => Task.FromResult(0)).Parse(arguments).Errors);

    private static bool IsOldNameOf(string old, string name) => (old, name) is ("--registry-patience", "--registry-timeout") or ("--upstream-where-silent", "--upstream-advisories");

    private static async Task<OperatorOptions> ReadAsync(params string[] arguments)
    {
        OperatorOptions? read = null;
        Assert.Equal(0, await OperatorCommand.Create((options, _) => Task.FromResult((read = options) is null ? 1 : 0)).Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
        return read!;
    }
}
