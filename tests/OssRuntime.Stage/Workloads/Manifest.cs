using YamlDotNet.Serialization;

namespace OssRuntime.Stage.Workloads;

/// <summary>What every manifest says of itself.</summary>
internal sealed class Manifest
{
    [YamlMember(Alias = "apiVersion")]
    public string ApiVersion { get; set; } = "";

    [YamlMember(Alias = "kind")]
    public string Kind { get; set; } = "";

    [YamlMember(Alias = "metadata")]
    public ManifestMetadata Metadata { get; set; } = new();

    public override string ToString() => Metadata.Namespace is null ? $"{Kind} {Metadata.Name}" : $"{Kind} {Metadata.Namespace}/{Metadata.Name}";
}
