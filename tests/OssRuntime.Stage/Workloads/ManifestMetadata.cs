using YamlDotNet.Serialization;

namespace OssRuntime.Stage.Workloads;

/// <summary>Which object a manifest is.</summary>
internal sealed class ManifestMetadata
{
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = "";

    [YamlMember(Alias = "namespace")]
    public string? Namespace { get; set; }
}
