using YamlDotNet.RepresentationModel;

namespace OssRuntime.Operator.Tests.ConfigPolicies;

/// <summary>The parts of config/policies/gatekeeper fit together, and ask what the endpoint answers. There is no Gatekeeper here to run them.</summary>
public sealed class GatekeeperTests
{
    [Fact]
    public void Provider_template_and_constraint_name_each_other()
    {
        var (provider, template, constraint) = (Read("provider.yaml"), Read("template.yaml"), Read("constraint.yaml"));
        Assert.Equal("https://ossruntime-webhooks.ossruntime.svc:443/THE-TOKEN/gatekeeper", ((YamlScalarNode)provider["spec"]["url"]).Value);
        var rego = ((YamlScalarNode)template["spec"]["targets"][0]["rego"]).Value!;
        Assert.Contains($"\"provider\": \"{provider["metadata"]["name"]}\"", rego, StringComparison.Ordinal);
        Assert.Contains("sprintf(\"%v %v\", [input.review.namespace, containers[_].image])", rego, StringComparison.Ordinal);
        Assert.Contains("response[1].action == \"Deny\"", rego, StringComparison.Ordinal);
        var kind = ((YamlScalarNode)template["spec"]["crd"]["spec"]["names"]["kind"]).Value!;
        Assert.Equal(kind, ((YamlScalarNode)constraint["kind"]).Value);
        // Gatekeeper wants the template to be called like its kind, in lower case.
        Assert.Equal(kind.ToLowerInvariant(), ((YamlScalarNode)template["metadata"]["name"]).Value);
        Assert.Contains("kube-system", constraint["spec"]["match"]["excludedNamespaces"].ToString(), StringComparison.Ordinal);
    }

    private static YamlMappingNode Read(string file) => ValidatingAdmissionPolicyTests.Read("gatekeeper/" + file)[0];
}
