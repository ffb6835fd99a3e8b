using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Tests.State;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>Gatekeeper's External Data protocol, version v1beta1.</summary>
public sealed class ProviderReviewTests : IDisposable
{
    private readonly AdmissionStage _stage = new();

    public ProviderReviewTests()
    {
        _stage.Policies.Set("prod", PolicySetTests.Resource("Critical"));
        _stage.Know('a', "registry.example/shop/clean:1");
        _stage.Run('a', "registry.example/shop/clean:1");
        _stage.Run('b', "registry.example/shop/web:1");
        _stage.Know('b', "registry.example/shop/web:1", findings: Samples.Finding("CVE-2021-1", Severity.Critical));
    }

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void Each_key_is_answered_in_its_order()
    {
        var response = Ask("shop registry.example/shop/web:1", "shop registry.example/shop/clean:1", "shop registry.example/new:1", "kube-system registry.example/shop/web:1", "nonsense", "");
        Assert.True(response["idempotent"]!.GetValue<bool>());
        var items = response["items"]!.AsArray();
        Assert.Equal(["Deny", "Allow", "Warn", "Allow"], items.Take(4).Select(item => item!["value"]!["action"]!.GetValue<string>()));
        Assert.Equal("shop registry.example/shop/web:1", items[0]!["key"]!.GetValue<string>());
        Assert.Contains("CVE-2021-1", items[0]!["value"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.All(items.Skip(4), item => Assert.Contains("a key is", item!["error"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(1, _stage.UnknownImages.Waiting);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"apiVersion":"externaldata.gatekeeper.sh/v1alpha1","kind":"ProviderRequest","request":{"keys":[]}}""")]
    [InlineData("""{"apiVersion":"externaldata.gatekeeper.sh/v1beta1","kind":"ProviderRequest","request":{"keys":{}}}""")]
    public void What_is_no_request_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => new ProviderReview(_stage.Judge).Answer(Encoding.UTF8.GetBytes(json), default));

    [Fact]
    public void Too_many_keys_are_refused_and_strange_ones_answered()
    {
        Assert.ThrowsAny<JsonException>(() => Ask([.. Enumerable.Range(0, 3_000).Select(i => $"shop web:{i}")]));
        Assert.Equal(3, Ask("shop ://@@@", "shop \u0000", "shop " + new string('a', 100_000))["items"]!.AsArray().Count);
    }

    private JsonNode Ask(params string[] keys)
    {
        var request = new JsonObject
        {
            ["apiVersion"] = "externaldata.gatekeeper.sh/v1beta1",
            ["kind"] = "ProviderRequest",
            ["request"] = new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]) },
        };
        var answer = JsonNode.Parse(new ProviderReview(_stage.Judge).Answer(Encoding.UTF8.GetBytes(request.ToJsonString()), default).Span)!;
        Assert.Equal("ProviderResponse", answer["kind"]!.GetValue<string>());
        return answer["response"]!;
    }
}
