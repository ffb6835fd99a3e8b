using System.Collections.Immutable;
using System.Reflection;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Resources;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.Conventions.Tests;

/// <summary>The YAML in crds/ and the C# types say the same.</summary>
public sealed class ResourceSchemaTests
{
    public static TheoryData<string, Type> Resources => new()
    {
        { "ossruntime.io_imageinventories.yaml", typeof(ImageInventory) },
        { "ossruntime.io_riskpolicies.yaml", typeof(RiskPolicyResource) },
        { "ossruntime.io_riskexceptions.yaml", typeof(RiskExceptionResource) },
        { "ossruntime.io_clusterriskexceptions.yaml", typeof(ClusterRiskExceptionResource) },
        { "ossruntime.io_workloadreports.yaml", typeof(WorkloadReport) },
    };

    [Fact]
    public void Every_definition_in_the_folder_is_compared() =>
        Assert.Equal(
            Directory.GetFiles(Path.Combine(Repository.Root, "crds")).Select(Path.GetFileName).Order(),
            Resources.Select(row => (string?)row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Resources))]
    public void The_schema_has_the_fields_of_the_type_and_no_others(string file, Type type)
    {
        var differences = new List<string>();
        Compare("", Schema(file), type, differences);
        Assert.Empty(differences);
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void The_names_are_those_that_the_client_uses(string file, Type type)
    {
        var kind = (ResourceKind)type.GetField("Resource", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var spec = Definition(file)["spec"];
        Assert.Equal(kind.Group, Text(spec["group"]));
        Assert.Equal(kind.Plural, Text(spec["names"]["plural"]));
        Assert.Equal(kind.Kind, Text(spec["names"]["kind"]));
        Assert.Equal(kind.Namespaced ? "Namespaced" : "Cluster", Text(spec["scope"]));
        Assert.Equal(kind.Version, Text(((YamlSequenceNode)spec["versions"])[0]["name"]));
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public void The_chart_carries_the_same_definition(string file, Type type)
    {
        Assert.NotNull(type);
        Assert.Equal(Repository.Read($"crds/{file}"), Repository.Read($"helm/ossruntime/crds/{file}"));
    }

    private static void Compare(string path, YamlNode schema, Type type, List<string> differences)
    {
        var declared = ((YamlMappingNode)schema["properties"]).Children.ToDictionary(pair => Text(pair.Key), pair => pair.Value);
        var fields = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<System.Text.Json.Serialization.JsonIgnoreAttribute>() is null)
            .Where(property => property.Name != "EqualityContract")
            .ToDictionary(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..], property => property.PropertyType);
        differences.AddRange(declared.Keys.Except(fields.Keys).Select(name => $"{path}/{name} is only in the YAML"));
        differences.AddRange(fields.Keys.Except(declared.Keys).Select(name => $"{path}/{name} is only in the type"));
        foreach (var name in fields.Keys.Intersect(declared.Keys).Where(name => fields[name] != typeof(ObjectMeta)))
        {
            CompareField($"{path}/{name}", declared[name], fields[name], differences);
        }
    }

    private static void CompareField(string path, YamlNode schema, Type field, List<string> differences)
    {
        var type = Nullable.GetUnderlyingType(field) ?? field;
        var (expected, format) = type switch
        {
            _ when type == typeof(string) => ("string", ""),
            _ when type == typeof(bool) => ("boolean", ""),
            _ when type == typeof(int) => ("integer", "int32"),
            _ when type == typeof(long) => ("integer", "int64"),
            _ when type == typeof(DateTimeOffset) => ("string", "date-time"),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => ("array", ""),
            _ => ("object", ""),
        };
        var mapping = (YamlMappingNode)schema;
        var found = (Text(mapping["type"]), mapping.Children.TryGetValue("format", out var stated) ? Text(stated) : "");
        if (found != (expected, format))
        {
            differences.Add($"{path} is {found} in the YAML and {(expected, format)} in the type");
            return;
        }

        if (expected == "object")
        {
            Compare(path, schema, type, differences);
        }
        else if (expected == "array" && type.GetGenericArguments()[0] != typeof(string))
        {
            Compare(path + "[]", schema["items"], type.GetGenericArguments()[0], differences);
        }
    }

    private static YamlNode Schema(string file) => ((YamlSequenceNode)Definition(file)["spec"]["versions"])[0]["schema"]["openAPIV3Schema"];

    private static YamlNode Definition(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read($"crds/{file}")));
        return yaml.Documents[0].RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";
}
