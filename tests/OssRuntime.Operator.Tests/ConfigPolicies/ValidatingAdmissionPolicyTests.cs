using OssRuntime.Operator.DenyLists;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.Operator.Tests.ConfigPolicies;

/// <summary>
/// The expressions of config/policies/validating-admission-policy.yaml, evaluated with the data that the operator writes. The API server that tests get
/// may be too old to have the kind.
/// </summary>
public sealed class ValidatingAdmissionPolicyTests
{
    private const string Digest = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private static readonly YamlMappingNode Policy = Read("validating-admission-policy.yaml")[0];

    [Theory]
    [InlineData("shop", $"registry.example/web@{Digest}", true)]
    [InlineData("shop", $"registry.example/elsewhere:2@{Digest}", true)]
    [InlineData("shop", "registry.example/web:1", true)]
    [InlineData("shop", "registry.example/web:10", false)]
    [InlineData("shop", "example/web:1", false)]
    [InlineData("shop", "registry.example/clean:1", false)]
    [InlineData("bank", "registry.example/web:1", false)]
    [InlineData("new-namespace", "registry.example/web:1", false)]
    [InlineData("shop", "registry.example/we_b:1", false)]
    [InlineData("shop", "registry.example_sweb_c1", false)]
    [InlineData("shop", "@", false)]
    [InlineData("shop", "", false)]
    public void A_new_pod_is_denied_where_its_image_is_listed_for_the_namespace(string @namespace, string image, bool denied)
    {
        Assert.Equal(denied, !Admits(@namespace, Pod(image), null));
        Assert.Equal(denied, !Admits(@namespace, $$$"""{"spec":{"containers":[{"image":"ok"}],"initContainers":[{"image":"{{{image}}}"}]}}""", null));
    }

    [Fact]
    public void What_a_pod_runs_already_does_not_keep_a_debugger_out()
    {
        var before = Pod("registry.example/web:1");
        Assert.True(Admits("shop", """{"spec":{"containers":[{"image":"registry.example/web:1"}],"ephemeralContainers":[{"image":"ok"}]}}""", before));
        Assert.False(Admits("shop", """{"spec":{"containers":[{"image":"ok"}],"ephemeralContainers":[{"image":"registry.example/web:1"}]}}""", Pod("ok")));
    }

    [Fact]
    public void The_denial_names_the_image()
    {
        var variables = Variables("shop", Pod("registry.example/web:1"), null);
        var message = (string)CelPolicy.Evaluate(Text(Validation(), "messageExpression"), variables)!;
        Assert.StartsWith("OssRuntime denies image registry.example/web:1 in this namespace", message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_never_takes_a_cluster_down()
    {
        Assert.Equal("Ignore", Text((YamlMappingNode)Policy["spec"], "failurePolicy"));
        var binding = (YamlMappingNode)Read("validating-admission-policy.yaml")[1]["spec"];
        Assert.Equal("Allow", Text((YamlMappingNode)binding["paramRef"], "parameterNotFoundAction"));
        Assert.Contains("kube-system", Policy["spec"]["matchConstraints"]["namespaceSelector"].ToString(), StringComparison.Ordinal);
    }

    internal static List<YamlMappingNode> Read(string file)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(AppContext.BaseDirectory, "ConfigPolicies/policies", file));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    internal static string Text(YamlMappingNode node, string field) => ((YamlScalarNode)node[field]).Value!;

    [Fact]
    public void A_pod_that_nobody_can_look_through_is_denied_where_something_is_denied_and_nowhere_else()
    {
        var crowd = $$$"""{"spec":{"containers":[{{{string.Join(',', Enumerable.Range(0, 201).Select(i => $$"""{"image":"pad:{{i}}"}"""))}}}]}}""";
        Assert.False(Admits("shop", crowd, null));
        Assert.True(Admits("new-namespace", crowd, null));
    }

    private static bool Admits(string @namespace, string pod, string? old)
    {
        var variables = Variables(@namespace, pod, old);
        return ((YamlSequenceNode)Policy["spec"]["validations"]).All(validation => (bool)CelPolicy.Evaluate(Text((YamlMappingNode)validation, "expression"), variables)!);
    }

    private static YamlMappingNode Validation() => (YamlMappingNode)((YamlSequenceNode)Policy["spec"]["validations"])[1];

    private static string Pod(string image) => $$$"""{"spec":{"containers":[{"image":"{{{image}}}"}]}}""";

    private static Dictionary<string, object?> Variables(string @namespace, string pod, string? old)
    {
        var list = DenyList.Of([new Denial([Digest, "registry.example/web:1"], ["shop"]), new Denial(["sha256:cc"], ["bank"])]);
        var computed = new Dictionary<string, object?>();
        var variables = new Dictionary<string, object?>
        {
            ["object"] = CelPolicy.Of(pod),
            ["oldObject"] = CelPolicy.Of(old),
            ["request"] = new Dictionary<string, object?> { ["namespace"] = @namespace },
            ["params"] = new Dictionary<string, object?> { ["data"] = list.Data.ToDictionary(entry => entry.Key, entry => (object?)entry.Value, StringComparer.Ordinal) },
            ["variables"] = computed,
        };
        foreach (var variable in (YamlSequenceNode)Policy["spec"]["variables"])
        {
            computed[Text((YamlMappingNode)variable, "name")] = CelPolicy.Evaluate(Text((YamlMappingNode)variable, "expression"), variables);
        }

        return variables;
    }
}
