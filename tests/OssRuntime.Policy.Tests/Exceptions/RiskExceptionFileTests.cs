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
    public void What_is_wrong_is_said_with_its_path(string spec, string path, string message)
    {
        var error = Assert.Single(RiskExceptionFile.Read(Document("RiskException", "", spec)).Errors);
        Assert.Equal((path, message), (error.Path, error.Message));
    }

    [Fact]
    public void Other_kinds_are_refused() => Assert.Equal("kind", Assert.Single(Read("RiskPolicy", "").Errors).Path);

    private static ExceptionReading Read(string kind, string @namespace) =>
        RiskExceptionFile.Read(Document(kind, @namespace, """{"advisories":["CVE-1"],"reason":"x","expires":"2027-01-01T00:00:00Z","approved":true,"requestedBy":"a","approvedBy":"b"}"""));

    private static JsonElement Document(string kind, string @namespace, string spec) =>
        JsonDocument.Parse($$$"""{"apiVersion":"ossruntime.io/v1alpha1","kind":"{{{kind}}}","metadata":{ {{{@namespace}}} "name":"e","uid":"1"},"spec":{{{spec}}},"status":{"conditions":[]}}""").RootElement;
}
