using System.Text.Json;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Policy.Tests.Exceptions;

public sealed class RiskExceptionFileTests
{
    [Fact]
    public void Both_kinds_are_read_with_where_they_hold()
    {
        Assert.Equal("shop", Read("RiskException", "\"namespace\":\"shop\",").Exception!.Namespace);
        Assert.Equal("default", Read("RiskException", "").Exception!.Namespace);
        Assert.Null(Read("ClusterRiskException", "").Exception!.Namespace);
    }

    [Theory]
    [InlineData("""{"advisories":["CVE-1"],"reasn":"x"}""", "spec.reasn", "is not a field of an exception")]
    [InlineData("""{"advisories":"CVE-1"}""", "spec.advisories", "has a value of the wrong type")]
    [InlineData("""{"advisories":["CVE-1"],"reason":"x","expires":"tomorrow"}""", "spec.expires", "has a value of the wrong type")]
    [InlineData("""{"advisories":["CVE-1"],"reason":"x"}""", "spec.expires", "is required: every exception must end")]
    [InlineData("null", "spec", "is required")]
    [InlineData("""{"reason":"x","expires":"2027-01-01T00:00:00Z"}""", "spec", "must name what is accepted: advisories, packages or rules")]
    [InlineData("""{"advisories":["CVE-1"],"reason":" ","expires":"2027-01-01T00:00:00Z"}""", "spec.reason", "is required: say why this is accepted")]
    [InlineData("""{"advisories":["CVE-1"],"namespaces":["shop"],"reason":"x","expires":"2027-01-01T00:00:00Z"}""", "spec.namespaces", "is allowed in a ClusterRiskException only: a RiskException applies in its own namespace")]
    [InlineData("""{"advisories":["CVE-1"],"status":"harmless","reason":"x","expires":"2027-01-01T00:00:00Z"}""", "spec.status", "'harmless' is invalid, use one of not_affected, affected, fixed, under_investigation")]
    [InlineData("""{"advisories":["CVE-1"],"status":"not_affected","reason":"x","expires":"2027-01-01T00:00:00Z"}""", "spec.justification", "is required for not_affected")]
    [InlineData("""{"advisories":["CVE-1"],"status":"fixed","justification":"component_not_present","reason":"x","expires":"2027-01-01T00:00:00Z"}""", "spec.justification", "is allowed with status not_affected only")]
    [InlineData("""{"advisories":["CVE-1"],"status":"not_affected","justification":"because","reason":"x","expires":"2027-01-01T00:00:00Z"}""", "spec.justification", "'because' is invalid, use one of component_not_present, vulnerable_code_not_present, vulnerable_code_not_in_execute_path, vulnerable_code_cannot_be_controlled_by_adversary, inline_mitigations_already_exist")]
    public void What_is_wrong_is_said_with_its_path(string spec, string path, string message)
    {
        var error = Assert.Single(RiskExceptionFile.Read(Document("RiskException", "", spec)).Errors);
        Assert.Equal((path, message), (error.Path, error.Message));
    }

    [Theory]
    [InlineData("advisories")]
    [InlineData("rules")]
    [InlineData("images")]
    [InlineData("workloads")]
    public void An_exception_has_so_many_entries_at_most_in_all_lists(string list)
    {
        const string Names = """{"advisories":["CVE-1"],"reason":"x","expires":"2027-01-01T00:00:00Z","LIST":[ENTRIES]}""";
        string With(int entries) => Names.Replace("LIST", list == "advisories" ? "rules" : list, StringComparison.Ordinal).Replace("ENTRIES", string.Join(',', Enumerable.Range(0, entries).Select(i => $"\"a/b{i}\"")), StringComparison.Ordinal);
        var most = Enumerable.Range(1, 2000).Last(entries => RiskExceptionFile.Read(Document("RiskException", "", With(entries))).Exception is not null);
        Assert.True(most is > 10 and < 2000, $"{most}");
        Assert.Equal(("spec", $"has more than {most + 1} entries"), Assert.Single(RiskExceptionFile.Read(Document("RiskException", "", With(most + 1))).Errors) is var error ? (error.Path, error.Message) : default);
    }

    [Fact]
    public void Lists_that_nobody_filled_are_empty()
    {
        var spec = new RiskExceptionSpec { Advisories = default, Packages = default, Rules = default, Images = default, Workloads = default, Namespaces = default };
        Assert.All(new[] { spec.Advisories, spec.Packages, spec.Rules, spec.Images, spec.Workloads, spec.Namespaces }, list => Assert.False(list.IsDefault));
    }

    [Fact]
    public void Other_kinds_are_refused_by_name() =>
        Assert.Equal("kind: is not RiskException or ClusterRiskException of ossruntime.io/v1alpha1", Assert.Single(Read("RiskPolicy", "").Errors).ToString());

    [Fact]
    public void Other_kinds_are_refused() => Assert.Equal("kind", Assert.Single(Read("RiskPolicy", "").Errors).Path);

    private static ExceptionReading Read(string kind, string @namespace) =>
        RiskExceptionFile.Read(Document(kind, @namespace, """{"advisories":["CVE-1"],"reason":"x","expires":"2027-01-01T00:00:00Z","approved":true,"requestedBy":"a","approvedBy":"b"}"""));

    private static JsonElement Document(string kind, string @namespace, string spec) =>
        JsonDocument.Parse($$$"""{"apiVersion":"ossruntime.io/v1alpha1","kind":"{{{kind}}}","metadata":{ {{{@namespace}}} "name":"e","uid":"1"},"spec":{{{spec}}},"status":{"conditions":[]}}""").RootElement;
}
